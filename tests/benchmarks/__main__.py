"""`python -m tests.benchmarks`: measures, prints a table, and writes JSON if asked to."""

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import click
import structlog

from tests.benchmarks import (
    coverage,
    disk,
    folds,
    imports,
    moderation,
    pages,
    ratings,
    rules,
    scores,
    streams,
    visible,
    votes,
)
from tests.benchmarks.figures import Figure, Setting, full, short
from tests.benchmarks.report import describe, describe_machine, print_report, write_json, write_markdown
from tests.benchmarks.servers import Machine, running_machine

GROUPS: Final[dict[str, Callable[[Machine, Setting], Awaitable[list[Figure]]]]] = {
    "folds": folds.measure,
    "votes": votes.measure,
    "scores": scores.measure,
    "visible": visible.measure,
    "streams": streams.measure,
    "pages": pages.measure,
    "imports": imports.measure,
    "moderation": moderation.measure,
    "rules": rules.measure,
    "coverage": coverage.measure,
    "ratings": ratings.measure,
    "disk": disk.measure,
}
EVENTS: Final = (100_000, 5_000_000)
FILE: Final = click.Path(path_type=Path, dir_okay=False)
EVENTS_QUICK: Final = 10_000


async def measure(machine: Machine, settings: list[Setting], names: list[str]) -> list[Figure]:
    """Measure the groups named at each size, one after the other."""
    figures: list[Figure] = []
    for setting in settings:
        for name in names:
            start = time.monotonic()
            found = await GROUPS[name](machine, setting)
            click.echo(f"{name} at {setting.events:,} events, {time.monotonic() - start:.0f} s", err=True)
            for figure in found:
                click.echo(f"  {describe(figure)}", err=True)
            figures += found
    return figures


@click.command()
@click.option(
    "--events", multiple=True, type=click.IntRange(EVENTS_QUICK), help="Size of the log; may be repeated."
)
@click.option("--quick", is_flag=True, help="Only see that everything runs: a small log, short measures.")
@click.option("--only", multiple=True, type=click.Choice(list(GROUPS)), help="Measure this; may be repeated.")
@click.option("--json", "json_file", type=FILE, help="Write the figures here.")
@click.option("--markdown", "markdown_file", type=FILE, help="Write the tables of docs/performance.md here.")
def main(
    *,
    events: tuple[int, ...],
    quick: bool,
    only: tuple[str, ...],
    json_file: Path | None,
    markdown_file: Path | None,
) -> None:
    """Measure the speed, each figure beside its limit from the same run."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    sizes = events or ((EVENTS_QUICK,) if quick else EVENTS)
    settings = [short(size) if quick else full(size) for size in sizes]
    with running_machine() as machine:
        figures = asyncio.run(measure(machine, settings, list(only or GROUPS)))
    description = describe_machine()
    print_report(figures, description)
    if json_file is not None:
        write_json(figures, description, json_file)
    if markdown_file is not None:
        write_markdown(figures, description, markdown_file)


if __name__ == "__main__":
    sys.exit(main())
