"""`ostraka show`: what readers see, in a terminal or as data."""

import click
from rich_click import RichGroup

from service.cli.show.compare import command as compare
from service.cli.show.leaderboard import command as leaderboard


@click.group("show", cls=RichGroup)
def command() -> None:
    """Show what readers see: tools side by side, leaderboards."""


command.add_command(compare)
command.add_command(leaderboard)
