"""`ostraka verify`: folds the whole log again and compares the result with the live read models."""

import asyncio
from pathlib import Path
from uuid import uuid4

import click
from rich_click import RichCommand

from projections.rebuilding.replays import ReplayOrder
from projections.registry import NAMES
from service.cli import options
from service.cli.differences import describe_replay
from service.cli.output import configure_logs
from service.cli.replay import COMMAND_LINE, run_to_end
from service.embedded.home import find_home
from service.embedded.servers import servers
from service.errors import ServersError


@click.command("verify", cls=RichCommand)
@options.home
def command(*, home_folder: Path | None) -> None:
    """Fold the whole log again, and compare the result with what is served. Exit with 1 if they differ.

    This is a replay that is never swapped in: it changes nothing, and voters and readers do not notice it.
    """
    configure_logs()
    asked = ReplayOrder(id=uuid4(), models=NAMES, dry_run=True, by=COMMAND_LINE)
    with servers(find_home(home_folder)) as urls:
        replay = asyncio.run(run_to_end(urls, asked))
    difference = replay.difference
    if replay.error is not None or difference is None:
        raise ServersError(replay.error or "the replay was cancelled before its end")
    if difference.count:
        for line in describe_replay(replay):
            click.echo(line)
        message = "the served read models differ from the log; run `ostraka replay` to correct them"
        raise ServersError(message)
    click.echo(f"what is served is what {difference.position:,} events come to")
