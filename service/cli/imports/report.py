"""The report at the end of `ostraka import`."""

from itertools import islice
from typing import Final

import click
from msgspec import Struct

from service.embedded.notes import note
from service.errors import ServersError
from service.importing.pipeline import ImportCounts
from service.importing.rejects import Rejects, quote

NUMBERED_SHOWN_MAX: Final = 10


class ImportOutcome(Struct):
    """How an import ended.

    Attributes:
        numbered: The slugs that got a number, by the tool's name.
        failure: Why it ended before the end of the file; None if it did not.
    """

    counts: ImportCounts
    numbered: dict[str, str]
    rows: int = 0
    seconds: float = 0.0
    failure: ServersError | None = None
    interrupted: bool = False


def report(
    outcome: ImportOutcome, rejects: Rejects, *, noun: str, tells_replaced: bool, catching_up_s: float
) -> None:
    """Report the rows that could not be used on standard error, and the counts on standard output.

    `noun` is the word for the rows, in the plural. `tells_replaced` says whether `counts.replaced` was
    counted.
    """
    _report_oddities(outcome, rejects)
    counts = outcome.counts
    click.echo(f"{outcome.rows:>12,} rows read")
    if tells_replaced:
        click.echo(f"{counts.changed - counts.replaced:>12,} {noun} are new")
        click.echo(f"{counts.replaced:>12,} {noun} replaced an earlier one")
    else:
        click.echo(f"{counts.changed:>12,} {noun} changed something")
    click.echo(f"{counts.unchanged:>12,} {noun} stood so already")
    click.echo(f"{rejects.rows:>12,} rows could not be used")
    click.echo(f"{counts.tools:>12,} tools were listed")
    click.echo(
        f"{outcome.seconds:>12,.1f} seconds, {outcome.rows / outcome.seconds:,.0f} rows/s; "
        f"then {catching_up_s:,.1f} seconds for the scores to catch up"
    )
    if not (counts.changed or counts.tools):
        click.echo("nothing changed")


def _report_oddities(outcome: ImportOutcome, rejects: Rejects) -> None:
    for line in rejects.report():
        note(line)
    for name, slug in islice(outcome.numbered.items(), NUMBERED_SHOWN_MAX):
        note(f"{quote(name)} has the slug {slug}, because another name makes the same slug")
    if len(outcome.numbered) > NUMBERED_SHOWN_MAX:
        note(f"and {len(outcome.numbered) - NUMBERED_SHOWN_MAX:,} more names got a number")
    if outcome.failure is not None or outcome.interrupted:
        note(f"everything up to line {outcome.counts.line:,} is imported; importing the file again is safe")
