"""`ostraka replay`: rebuilds read models from the log, shows what that changes, and swaps."""

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
from projections.rebuilding.replays import GoingOnError, Order, Replay, cancel, order, read_replay
from projections.rebuilding.running import run_replay
from projections.registry import NAMES
from service.cli import options
from service.cli.differences import describe_replay
from service.cli.output import configure_logs
from service.cli.progress import progress
from service.embedded.home import find_home
from service.embedded.notes import note
from service.embedded.servers import ServerUrls, servers
from service.errors import ServersError
from service.server.migrate import migrate_database

COMMAND_LINE: Final = Author("the command line", "operator")
"""Stands for the moderator who ordered a replay here."""

POOL_SIZE_MAX: Final = 3
REDIS_TIMEOUT_S: Final = 2
LOOK_S: Final = 0.1


@click.command("replay", cls=RichCommand)
@click.option(
    "--model",
    type=click.Choice(NAMES),
    metavar="NAME",
    help=f"Rebuild this one alone: {', '.join(NAMES)}.  [default: all]",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@options.home
def command(*, model: str | None, dry_run: bool, home_folder: Path | None) -> None:
    """Rebuild read models from the log, show what that changes, and put them in place.

    The live ones take votes and answer readers until they are replaced in one step. Ctrl-C leaves everything
    as it was.
    """
    configure_logs()
    models = NAMES if model is None else (model,)
    asked = Order(id=uuid4(), models=models, dry_run=dry_run, by=COMMAND_LINE)
    with servers(find_home(home_folder)) as urls:
        replay = asyncio.run(carry_out(urls, asked))
    for line in describe_replay(replay):
        click.echo(line)
    if replay.error is not None or replay.state == "cancelled":
        message = f"{replay.error or 'somebody cancelled the replay'}; nothing was changed"
        raise ServersError(message)
    click.echo("nothing was changed: this was a dry run" if dry_run else "put in place")


async def carry_out(urls: ServerUrls, asked: Order) -> Replay:
    """Carry a replay out in this process; what is ready and not wanted is cancelled."""
    await migrate_database(urls.database_url)
    redis = Redis.from_url(urls.redis_url, socket_connect_timeout=REDIS_TIMEOUT_S)  # pyright: ignore[reportUnknownMemberType]
    async with redis, create_pool(urls.database_url, size_max=POOL_SIZE_MAX) as pool:
        id_ = await _order(pool, asked)
        work = asyncio.create_task(_work(pool, redis, id_), name="work on the replay")
        with _called_off_by_ctrl_c() as called_off:
            replay = await _watch(pool, id_, work, called_off)
        await work
        if replay.state == "cancelled" and called_off.is_set():
            raise click.Abort
        if replay.state == "ready" and await cancel(pool, id_, by=COMMAND_LINE):
            await drop_leftovers(pool)
        return replay


async def _order(pool: Pool, asked: Order) -> UUID:
    """Write the order down, or find the same order of a command that was killed.

    Raises:
        ServersError: another replay of a model of it is going on.
    """
    try:
        await order(pool, asked)
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
        note(f"going on with the replay that was begun at {other.created_at:%Y-%m-%d %H:%M}")
        return other.id
    return asked.id


async def _work(pool: Pool, redis: Redis, id_: UUID) -> None:
    """Work on a replay until it stops, be it somebody else who is at it."""
    while (await _read(pool, id_)).state == "running":
        await run_replay(pool, redis, id_)
        await asyncio.sleep(LOOK_S)


async def _watch(pool: Pool, id_: UUID, work: asyncio.Task[None], called_off: asyncio.Event) -> Replay:
    """Show how a replay goes on until it stops; return what came of it."""
    replay = await _read(pool, id_)
    with progress("rebuilding", total=replay.head, unit="events") as report:
        while replay.state == "running" and not (work.done() and work.exception()):
            if called_off.is_set():
                await cancel(pool, id_, by=COMMAND_LINE)
            await asyncio.sleep(LOOK_S)
            replay = await _read(pool, id_)
            report(replay.position, replay.position)
    return replay


async def _read(pool: Pool, id_: UUID) -> Replay:
    replay = await read_replay(pool, id_)
    if replay is None:
        message = f"the replay {id_} is gone"
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
