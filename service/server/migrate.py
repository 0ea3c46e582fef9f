"""Migrates a database for a command."""

from events.log.migrate import MigrationError
from projections.install import migrate
from service.errors import ServersError
from service.server.preflight import check_database


async def migrate_database(database_url: str) -> list[str]:
    """Check that the database answers, then apply the migrations that it lacks; return their names.

    Raises:
        ServersError: The database does not answer, or a migration cannot be applied.
    """
    await check_database(database_url)
    try:
        return await migrate(database_url)
    except MigrationError as error:
        raise ServersError(str(error)) from error
