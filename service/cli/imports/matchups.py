"""`ostraka import matchups`."""

from pathlib import Path

import click
from rich_click import RichCommand

from service.cli.imports.file import ImportOptions, import_file
from service.cli.imports.options import check_meanings, file_options
from service.embedded.home import find_home
from service.importing.matchups import PREFERENCE_FILES


@click.command("matchups", cls=RichCommand)
@click.option(
    "--left", required=True, metavar="COL", help="Column of the tools on the left: slugs, or names."
)
@click.option("--right", required=True, metavar="COL", help="Column of the tools on the right.")
@click.option("--winner", required=True, metavar="COL", help="Column of the winners.")
@click.option("--left-wins", required=True, metavar="VALUE", help="The winner that means: the left tool.")
@click.option("--right-wins", required=True, metavar="VALUE", help="The winner that means: the right tool.")
@click.option("--tie", required=True, metavar="VALUE", help="The winner that means: neither.")
@click.option(
    "--context",
    metavar="COL",
    help="Column of the contexts, e.g. use cases: slugs, or names.  [default: overall]",
)
@file_options
def command(
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

    The sides make no difference: a pair is the same both ways round. Rows that cannot be used are counted and
    reported by reason; all others are imported. A voter's later row on the same two tools in the same context
    replaces the earlier one. Ctrl-C keeps what is imported already.
    """
    if left == right:
        message = f"{right!r} is the column of the left tools already"
        raise click.BadParameter(message, param_hint="'--right'")
    check_meanings({"--left-wins": left_wins, "--right-wins": right_wins, "--tie": tie})
    asked = ImportOptions(
        file=file,
        kind=PREFERENCE_FILES,
        tools=(left, right),
        voter=voter,
        choice=winner,
        choices={left_wins: "left", right_wins: "right", tie: "tie"},
        context=context,
        at=at,
        create_tools=create_tools,
        rejects=rejects,
    )
    import_file(asked, find_home(home_folder))
