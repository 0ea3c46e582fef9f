"""`ostraka import`: what others have collected."""

from pathlib import Path
from typing import Final

import click
from rich_click import RichCommand, RichGroup

from service.cli import options
from service.cli.import_votes import VoteImport, import_votes
from service.cli.logs import configure_logs
from service.embedded.home import find_home

FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.group("import", cls=RichGroup)
def command() -> None:
    """Bring in what others have collected. Importing the same file again changes nothing."""


@command.command(cls=RichCommand)
@click.argument("file", type=FILE, metavar="FILE.csv[.gz]")
@click.option(
    "--tool", required=True, metavar="COL", help="Column of the tools: slugs, or names that make them."
)
@click.option("--voter", required=True, metavar="COL", help="Column of the voters.")
@click.option("--choice", required=True, metavar="COL", help="Column of the choices.")
@click.option("--ship", required=True, metavar="VALUE", help="The choice that means: ship it.")
@click.option("--skip", required=True, metavar="VALUE", help="The choice that means: skip it.")
@click.option(
    "--at", metavar="COL", help="Column of the dates or times, ISO 8601; UTC where no offset is given."
)
@click.option("--create-tools", is_flag=True, help="List the tools that are not listed yet.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write line number and reason of each row that cannot be used, as CSV.",
)
@options.home
def votes(
    *,
    file: Path,
    tool: str,
    voter: str,
    choice: str,
    ship: str,
    skip: str,
    at: str | None,
    create_tools: bool,
    rejects: Path | None,
    home_folder: Path | None,
) -> None:
    """Import votes, one a row.

    Rows that cannot be used are counted and reported by reason; the rest goes on. A voter's later row on the
    same tool replaces the one before it. Ctrl-C keeps what is in already.
    """
    if ship == skip:
        message = f"{skip!r} cannot mean both --ship and --skip"
        raise click.BadParameter(message, param_hint="'--skip'")
    if rejects is not None and rejects.exists() and rejects.samefile(file):
        message = "that is the file to be imported"
        raise click.BadParameter(message, param_hint="'--rejects'")
    configure_logs()
    order = VoteImport(
        file=file,
        tool=tool,
        voter=voter,
        choice=choice,
        ship=ship,
        skip=skip,
        at=at,
        create_tools=create_tools,
        rejects=rejects,
    )
    import_votes(order, find_home(home_folder))
