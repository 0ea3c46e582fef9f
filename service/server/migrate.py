"""Brings a database to this version's tables on behalf of a command."""

from events.log.migrate import MigrationError
from projections.install import migrate
from service.errors import ServersError
from service.server.preflight import check_database


async def migrate_database(database_url: str) -> list[str]:
    """Check that the database answers, then apply what it lacks; return the names of what was applied.

    Raises:
        ServersError: It does not answer, or cannot be brought to this version.
    """
    await check_database(database_url)
    try:
        return await migrate(database_url)
    except MigrationError as error:
        raise ServersError(str(error)) from error
