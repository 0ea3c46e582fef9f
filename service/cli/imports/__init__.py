"""`ostraka import`: what others have collected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from rich_click import RichCommand, RichGroup

from service.cli import options
from service.cli.imports.file import ImportOrder, import_file
from service.cli.logs import configure_logs
from service.embedded.home import find_home
from service.importing.matchups import PREFERENCES
from service.importing.votes import VOTES

FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group("import", cls=RichGroup)
def command() -> None:
    """Bring in what others have collected. Importing the same file again leaves everything as it is."""


def _shared(function: Command) -> Command:
    """Give a command the argument and the options that files of every kind have."""
    for add in reversed(
        (
            click.argument("file", type=FILE, metavar="FILE.csv[.gz]"),
            click.option("--voter", required=True, metavar="COL", help="Column of the voters."),
            click.option(
                "--at",
                metavar="COL",
                help="Column of the dates or times, ISO 8601; UTC where no offset is given.",
            ),
            click.option("--create-tools", is_flag=True, help="List the tools that are not listed yet."),
            click.option(
                "--rejects",
                type=click.Path(path_type=Path, dir_okay=False),
                metavar="FILE",
                help="Write line number and reason of each row that cannot be used, as CSV.",
            ),
            options.home,
        )
    ):
        function = add(function)
    return function


@command.command(cls=RichCommand)
@click.option(
    "--tool", required=True, metavar="COL", help="Column of the tools: slugs, or names that make them."
)
@click.option("--choice", required=True, metavar="COL", help="Column of the choices.")
@click.option("--ship", required=True, metavar="VALUE", help="The choice that means: ship it.")
@click.option("--skip", required=True, metavar="VALUE", help="The choice that means: skip it.")
@_shared
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
    _check_meanings({"--ship": ship, "--skip": skip})
    order = ImportOrder(
        file=file,
        kind=VOTES,
        tools=(tool,),
        voter=voter,
        choice=choice,
        choices={ship: "ship", skip: "skip"},
        at=at,
        create_tools=create_tools,
        rejects=rejects,
    )
    _import(order, home_folder)


@command.command(cls=RichCommand)
@click.option(
    "--left", required=True, metavar="COL", help="Column of the tools on the left: slugs, or names of tools."
)
@click.option("--right", required=True, metavar="COL", help="Column of the tools on the right.")
@click.option("--winner", required=True, metavar="COL", help="Column that tells which side won.")
@click.option("--left-wins", required=True, metavar="VALUE", help="What it says where the left one won.")
@click.option("--right-wins", required=True, metavar="VALUE", help="What it says where the right one won.")
@click.option("--tie", required=True, metavar="VALUE", help="What it says where neither did.")
@click.option(
    "--context",
    metavar="COL",
    help="Column of the contexts, e.g. use cases: slugs, or names that make them.  [default: overall]",
)
@_shared
def matchups(
    *,
    file: Path,
    left: str,
    right: str,
    winner: str,
    left_wins: str,
    right_wins: str,
    tie: str,
    voter: str,
    context: str | None,
    at: str | None,
    create_tools: bool,
    rejects: Path | None,
    home_folder: Path | None,
) -> None:
    """Import preferences between two tools, one a row.

    Which tool is on the left makes no difference. Rows that cannot be used are counted and reported by
    reason; the rest goes on. A voter's later row on the same two tools in the same context replaces the one
    before it. Ctrl-C keeps what is in already.
    """
    if left == right:
        message = f"{right!r} is the column of the left tools already"
        raise click.BadParameter(message, param_hint="'--right'")
    _check_meanings({"--left-wins": left_wins, "--right-wins": right_wins, "--tie": tie})
    order = ImportOrder(
        file=file,
        kind=PREFERENCES,
        tools=(left, right),
        voter=voter,
        choice=winner,
        choices={left_wins: "left", right_wins: "right", tie: "tie"},
        context=context,
        at=at,
        create_tools=create_tools,
        rejects=rejects,
    )
    _import(order, home_folder)


def _check_meanings(values: dict[str, str]) -> None:
    said: dict[str, str] = {}
    for option, value in values.items():
        if value in said:
            message = f"{value!r} cannot mean both {said[value]} and {option}"
            raise click.BadParameter(message, param_hint=f"'{option}'")
        said[value] = option


def _import(order: ImportOrder[Any], home_folder: Path | None) -> None:
    if order.rejects is not None and order.rejects.exists() and order.rejects.samefile(order.file):
        message = "that is the file to be imported"
        raise click.BadParameter(message, param_hint="'--rejects'")
    configure_logs()
    import_file(order, find_home(home_folder))
