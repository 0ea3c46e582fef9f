"""Validates pages with html-validate."""

import asyncio
from pathlib import Path

from tests.browser.visiting import FOLDER


async def complaints(folder: Path) -> str:
    """Return what html-validate says of the pages in a folder."""
    program = FOLDER / "node_modules" / ".bin" / "html-validate"
    config = FOLDER / "htmlvalidate.config.mjs"
    process = await asyncio.create_subprocess_exec(
        program, "--config", config, folder / "*.html", stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return said.decode()
