"""The options of every `ostraka show`, and how it reads: from read models that have folded the whole log."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeVar

import click

from events.log.commands import Refusal
from events.log.connection import Pool, create_pool
from projections.comparison.numbers import join
from projections.ratings.storing import refit_due
from service.cli.event_log import CONNECTIONS_MAX, catch_up_with_progress
from service.cli.output import configure_logs
from service.embedded.home import Home, find_home
from service.embedded.servers import servers
from service.errors import ServersError, UnusableError
from service.http.problems import BadParameterError
from service.reads.as_of import reach_moment
from service.server.migrate import migrate_database
from service.views import moments
from service.views.moments import AsOf

SERVER_ERROR: Final = 500
NAMED_MAX: Final = 10

Document = TypeVar("Document")

as_of = click.option(
    "--as-of",
    metavar="WHEN",
    help="Show the state at a position, a time (2026-11-22T12:00:00Z) or the end of a day.  [default: now]",
)
corrected = click.option(
    "--corrected", is_flag=True, help="With --as-of: apply what moderators have ruled since then."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the JSON document of the API.")


def read_moment(as_of: str | None, *, corrected: bool) -> AsOf | None:
    """Read the moment that is asked for; None is now.

    Raises:
        click.UsageError: The value is not a moment, or --corrected was given without one.
    """
    if as_of is None:
        if corrected:
            message = "--corrected goes with --as-of: the present state is always corrected"
            raise click.UsageError(message, click.get_current_context())
        return None
    try:
        return moments.read({"as_of": as_of, "corrected": "true" if corrected else "false"})
    except BadParameterError as error:
        message = f"{as_of!r} is not a position, a time like 2026-11-22T12:00:00Z or a day like 2026-11-22"
        raise click.BadParameter(message, param_hint="'--as-of'") from error


def read_models(
    home_folder: Path | None, moment: AsOf | None, read: Callable[[Pool], Awaitable[Document]]
) -> Document:
    """Read from read models that have folded the log as it is now, and up to the moment.

    Raises:
        UnusableError: The query is refused.
        ServersError: The query cannot be answered now.
    """
    configure_logs(level=logging.WARNING)
    home = find_home(home_folder)
    with servers(home) as urls:
        try:
            return asyncio.run(_read(urls.database_url, moment, read, alone=_is_alone(home)))
        except Refusal as refusal:
            error = ServersError if refusal.status >= SERVER_ERROR else UnusableError
            raise error(refusal.detail) from refusal


async def _read(
    database_url: str, moment: AsOf | None, read: Callable[[Pool], Awaitable[Document]], *, alone: bool
) -> Document:
    await migrate_database(database_url)
    await catch_up_with_progress(database_url)
    async with create_pool(database_url, size_max=CONNECTIONS_MAX) as pool:
        if alone:
            await refit_due(pool)
        if moment is not None:
            await reach_moment(pool, moment.moment)
        return await read(pool)


def check_known(what: str, word: str, known: Collection[str]) -> None:
    """Check that a word is known.

    Raises:
        UnusableError: It is not. The message suggests similar words, or lists some that are known.
    """
    if word not in known:
        near = get_close_matches(word, known)
        told = f"did you mean {join(near, word='or')}?" if near else f"known: {_some(known)}"
        message = f"there is no {what} {word!r}; {told}"
        raise UnusableError(message)


def _some(known: Collection[str]) -> str:
    named = ", ".join(sorted(known)[:NAMED_MAX])
    return named if len(known) <= NAMED_MAX else f"{named} and {len(known) - NAMED_MAX:,} more"


def _is_alone(home: Home) -> bool:
    """Return whether no worker runs that could fit ratings."""
    state = home.read_state()
    return "DATABASE_URL" not in os.environ and (state is None or state.api_url is None)
