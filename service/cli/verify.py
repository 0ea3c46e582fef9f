"""`ostraka verify`: folds the whole log anew and compares with what is served."""

import asyncio
from pathlib import Path
from uuid import uuid4

import click
from rich_click import RichCommand

from projections.rebuilding.replays import Order
from projections.registry import NAMES
from service.cli import options
from service.cli.differences import describe_replay
from service.cli.output import configure_logs
from service.cli.replay import COMMAND_LINE, carry_out
from service.embedded.home import find_home
from service.embedded.servers import servers
from service.errors import ServersError


@click.command("verify", cls=RichCommand)
@options.home
def command(*, home_folder: Path | None) -> None:
    """Fold the whole log anew, and compare with what is served. Exits with 1 if they differ.

    It is a replay that never swaps: nothing is changed, and voters and readers notice nothing.
    """
    configure_logs()
    asked = Order(id=uuid4(), models=NAMES, dry_run=True, by=COMMAND_LINE)
    with servers(find_home(home_folder)) as urls:
        replay = asyncio.run(carry_out(urls, asked))
    difference = replay.difference
    if replay.error is not None or difference is None:
        raise ServersError(replay.error or "somebody cancelled the replay before its end")
    if difference.count:
        for line in describe_replay(replay):
            click.echo(line)
        message = "what is served is not what the log comes to; `ostraka replay` puts it right"
        raise ServersError(message)
    click.echo(f"what is served is what {difference.position:,} events come to")
