"""Creates the read models' tables. A model whose definition changed is folded again from the log."""

from typing import Final

import asyncpg
import structlog

from events.log.connection import CONNECT_TIMEOUT_S, SESSION
from events.log.migrate import migrate_log
from projections import sql
from projections.model import FOLD_LOCKS
from projections.ratings import sql as ratings
from projections.registry import MODELS

_log: Final = structlog.get_logger(__name__)


async def migrate(database_url: str) -> list[str]:
    """Bring log and read models to this build's definitions; return what was done, a name each.

    Raises:
        events.log.migrate.MigrationError: this build does not fit the database.
        OSError, asyncpg.PostgresError: the database cannot be reached or refuses.
    """
    return await migrate_log(database_url) + await _install(database_url)


async def _install(database_url: str) -> list[str]:
    connection = await asyncpg.connect(database_url, server_settings=SESSION, timeout=CONNECT_TIMEOUT_S)
    installed: list[str] = []
    try:
        async with connection.transaction():
            # No model has number 0: this lock lets one process at a time install.
            await connection.execute("SELECT pg_advisory_xact_lock($1, 0)", FOLD_LOCKS)
            await connection.execute(sql.create_checkpoints)
            await connection.execute(ratings.create_ratings)
            for model in MODELS:
                if await connection.fetchval(sql.select_checkpoint, model.name, model.fingerprint) is None:
                    await connection.execute("SELECT pg_advisory_xact_lock($1, $2)", FOLD_LOCKS, model.number)
                    await connection.execute(model.create)
                    await connection.execute(sql.reset_checkpoint, model.name, model.fingerprint)
                    _log.info("read model starts anew", model=model.name)
                    installed.append(model.name)
    finally:
        await connection.close()
    return installed
