"""Brings a database to this build's schema: numbered SQL files, each applied once, in order."""

from hashlib import sha256
from importlib.resources import files
from typing import Final

import asyncpg
import structlog

from events.log.connection import CONNECT_TIMEOUT_S

MIGRATION_LOCK: Final = 7311
_FOLDER: Final = files("events.log").joinpath("migrations")
_log: Final = structlog.get_logger(__name__)

_PREPARE: Final = """
CREATE SCHEMA IF NOT EXISTS log;
CREATE TABLE IF NOT EXISTS log.migrations (
    name       text PRIMARY KEY,
    checksum   text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationError(Exception):
    """The database cannot be brought to this build's schema; the message says why."""


async def migrate_log(database_url: str) -> list[str]:
    """Apply what is missing, under a lock, in one transaction; return the names of what was applied.

    Raises:
        MigrationError: an applied migration was edited, or the database is newer than this build.
        OSError, asyncpg.PostgresError: the database cannot be reached or refuses.
    """
    connection = await asyncpg.connect(database_url, timeout=CONNECT_TIMEOUT_S)
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", MIGRATION_LOCK)
            await connection.execute(_PREPARE)
            rows = await connection.fetch("SELECT name, checksum FROM log.migrations")
            applied = {row["name"]: row["checksum"] for row in rows}
            scripts = _scripts()
            _compare(applied, scripts)
            missing = [name for name in scripts if name not in applied]
            for name in missing:
                await connection.execute(scripts[name])
                await connection.execute(
                    "INSERT INTO log.migrations (name, checksum) VALUES ($1, $2)", name, _sum(scripts[name])
                )
                _log.info("migrated", name=name)
            return missing
    finally:
        await connection.close()


def _scripts() -> dict[str, str]:
    found = (entry for entry in _FOLDER.iterdir() if entry.name.endswith(".sql"))
    return {entry.name: entry.read_text() for entry in sorted(found, key=lambda entry: entry.name)}


def _compare(applied: dict[str, str], scripts: dict[str, str]) -> None:
    for name, checksum in applied.items():
        if name not in scripts:
            message = f"the database has migration {name}, which this build does not know: it is newer"
            raise MigrationError(message)
        if checksum != _sum(scripts[name]):
            message = f"migration {name} was edited after it had been applied; add a new one instead"
            raise MigrationError(message)


def _sum(script: str) -> str:
    return sha256(script.encode()).hexdigest()
