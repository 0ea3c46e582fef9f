"""`ostraka import`: brings in votes and preferences that were collected elsewhere.

- `votes`     `ostraka import votes`
- `matchups`  `ostraka import matchups`
- `options`   what both commands take
- `file`      imports one file, whatever its kind
- `report`    the report at the end
"""

import click
from rich_click import RichGroup

from service.cli.imports.matchups import command as matchups
from service.cli.imports.votes import command as votes


@click.group("import", cls=RichGroup)
def command() -> None:
    """Import what was collected elsewhere. Importing the same file again changes nothing."""


command.add_command(votes)
command.add_command(matchups)
