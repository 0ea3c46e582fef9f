"""`ostraka show`: shows in a terminal, or as JSON, what readers see on the pages.

- `compare`      `ostraka show compare`
- `leaderboard`  `ostraka show leaderboard`
- `reading`      the options of both, and how they read
"""

import click
from rich_click import RichGroup

from service.cli.show.compare import command as compare
from service.cli.show.leaderboard import command as leaderboard


@click.group("show", cls=RichGroup)
def command() -> None:
    """Show what readers see: tools side by side, and leaderboards."""


command.add_command(compare)
command.add_command(leaderboard)
