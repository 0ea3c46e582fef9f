"""`ostraka import votes`."""

from pathlib import Path

import click
from rich_click import RichCommand

from service.cli.imports.file import ImportOptions, import_file
from service.cli.imports.options import check_meanings, file_options
from service.embedded.home import find_home
from service.importing.votes import VOTE_FILES


@click.command("votes", cls=RichCommand)
@click.option("--tool", required=True, metavar="COL", help="Column of the tools: slugs, or names.")
@click.option("--choice", required=True, metavar="COL", help="Column of the choices.")
@click.option("--ship", required=True, metavar="VALUE", help="The choice that means: ship it.")
@click.option("--skip", required=True, metavar="VALUE", help="The choice that means: skip it.")
@file_options
def command(
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

    Rows that cannot be used are counted and reported by reason; all others are imported. A voter's later row
    on the same tool replaces the earlier one. Ctrl-C keeps what is imported already.
    """
    check_meanings({"--ship": ship, "--skip": skip})
    asked = ImportOptions(
        file=file,
        kind=VOTE_FILES,
        tools=(tool,),
        voter=voter,
        choice=choice,
        choices={ship: "ship", skip: "skip"},
        at=at,
        create_tools=create_tools,
        rejects=rejects,
    )
    import_file(asked, find_home(home_folder))
