"""`ostraka replay`: rebuilds read models from the log, shows what that changes, and swaps them in."""

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import click
from redis.asyncio import Redis
from rich_click import RichCommand

from events.log.audit import Author
from events.log.connection import Pool, create_pool
from projections.rebuilding.beside import drop_leftovers
from projections.rebuilding.replays import (
    GoingOnError,
    Replay,
    ReplayOrder,
    end_replay,
    order_replay,
    read_replay,
)
from projections.rebuilding.running import run_replay
from projections.registry import NAMES
from service.cli import options
from service.cli.differences import describe_replay
from service.cli.event_log import open_redis
from service.cli.output import configure_logs
from service.cli.progress import progress
from service.embedded.home import find_home
from service.embedded.notes import note
from service.embedded.servers import ServerUrls, servers
from service.errors import ServersError
from service.server.migrate import migrate_database

COMMAND_LINE: Final = Author("the command line", "operator")
"""The author of replays that this command orders."""

REPLAY_CONNECTIONS_MAX: Final = 3
REPLAY_POLL_S: Final = 0.1


@click.command("replay", cls=RichCommand)
@click.option(
    "--model",
    type=click.Choice(NAMES),
    metavar="NAME",
    help=f"Rebuild only this read model: {', '.join(NAMES)}.  [default: all]",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@options.home
def command(*, model: str | None, dry_run: bool, home_folder: Path | None) -> None:
    """Rebuild read models from the log, show what that changes, and swap them in.

    The live read models take votes and serve readers until the rebuilt ones replace them in one step. Ctrl-C
    leaves everything as it was.
    """
    configure_logs()
    models = NAMES if model is None else (model,)
    asked = ReplayOrder(id=uuid4(), models=models, dry_run=dry_run, by=COMMAND_LINE)
    with servers(find_home(home_folder)) as urls:
        replay = asyncio.run(run_to_end(urls, asked))
    for line in describe_replay(replay):
        click.echo(line)
    if replay.error is not None or replay.state == "cancelled":
        message = f"{replay.error or 'the replay was cancelled'}; nothing was changed"
        raise ServersError(message)
    click.echo("nothing was changed: this was a dry run" if dry_run else "put in place")


async def run_to_end(urls: ServerUrls, asked: ReplayOrder) -> Replay:
    """Run a replay in this process. If it ends as ready instead of swapped in, cancel it."""
    await migrate_database(urls.database_url)
    async with (
        open_redis(urls.redis_url) as redis,
        create_pool(urls.database_url, size_max=REPLAY_CONNECTIONS_MAX) as pool,
    ):
        id_ = await _order(pool, asked)
        work = asyncio.create_task(_work(pool, redis, id_), name="work on the replay")
        with _called_off_by_ctrl_c() as called_off:
            replay = await _watch(pool, id_, work, called_off)
        await work
        if replay.state == "cancelled" and called_off.is_set():
            raise click.Abort
        if replay.state == "ready" and await end_replay(pool, id_, by=COMMAND_LINE):
            await drop_leftovers(pool)
        return replay


async def _order(pool: Pool, asked: ReplayOrder) -> UUID:
    """Record the order, or find the same order of a command that was killed.

    Raises:
        ServersError: Another replay rebuilds one of the read models.
    """
    try:
        await order_replay(pool, asked)
    except GoingOnError as error:
        other = error.other
        same = (other.moderator, list(other.models), other.dry_run) == (
            COMMAND_LINE.name,
            list(asked.models),
            asked.dry_run,
        )
        if not same or other.state != "running":
            message = f"{error}; wait for it, or end it with POST /v1/replays/{other.id}/cancel"
            raise ServersError(message) from error
        note(f"continuing the replay that was started at {other.created_at:%Y-%m-%d %H:%M}")
        return other.id
    return asked.id


async def _work(pool: Pool, redis: Redis, id_: UUID) -> None:
    """Work on a replay until it stops; another process may work on it at the same time."""
    while (await _read(pool, id_)).state == "running":
        await run_replay(pool, redis, id_)
        await asyncio.sleep(REPLAY_POLL_S)


async def _watch(pool: Pool, id_: UUID, work: asyncio.Task[None], called_off: asyncio.Event) -> Replay:
    """Show the progress of a replay until it stops; return its last state."""
    replay = await _read(pool, id_)
    with progress("rebuilding", total=replay.head, unit="events") as report:
        while replay.state == "running" and not (work.done() and work.exception()):
            if called_off.is_set():
                await end_replay(pool, id_, by=COMMAND_LINE)
            await asyncio.sleep(REPLAY_POLL_S)
            replay = await _read(pool, id_)
            report(replay.position, replay.position)
    return replay


async def _read(pool: Pool, id_: UUID) -> Replay:
    replay = await read_replay(pool, id_)
    if replay is None:
        message = f"the replay {id_} no longer exists"
        raise ServersError(message)
    return replay


@contextmanager
def _called_off_by_ctrl_c() -> Generator[asyncio.Event]:
    """Let the first Ctrl-C set an event, and a second one end the command at once."""
    loop = asyncio.get_running_loop()
    called_off = asyncio.Event()

    def call_off() -> None:
        called_off.set()
        loop.remove_signal_handler(signal.SIGINT)

    loop.add_signal_handler(signal.SIGINT, call_off)
    try:
        yield called_off
    finally:
        loop.remove_signal_handler(signal.SIGINT)
