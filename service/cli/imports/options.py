"""The argument and the options that every `ostraka import` has, and a check that they share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from service.cli import options

FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def file_options(function: Decorated) -> Decorated:
    """Add the argument and the options that every import has to a command."""
    for add in reversed(
        (
            click.argument("file", type=FILE, metavar="FILE.csv[.gz]"),
            click.option("--voter", required=True, metavar="COL", help="Column of the voters."),
            click.option(
                "--at",
                metavar="COL",
                help="Column of dates or times in ISO 8601. A time without an offset is in UTC.",
            ),
            click.option("--create-tools", is_flag=True, help="List the tools that are not listed yet."),
            click.option(
                "--rejects",
                type=click.Path(path_type=Path, dir_okay=False),
                metavar="FILE",
                help="Write the line number and reason of each row that cannot be used, as CSV.",
            ),
            options.home,
        )
    ):
        function = add(function)
    return function


def check_meanings(values: dict[str, str]) -> None:
    """Refuse one value that stands for two choices; `values` has the value of each option."""
    said: dict[str, str] = {}
    for option, value in values.items():
        if value in said:
            message = f"{value!r} cannot mean both {said[value]} and {option}"
            raise click.BadParameter(message, param_hint=f"'{option}'")
        said[value] = option
