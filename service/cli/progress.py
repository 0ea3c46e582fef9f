"""Shows how far long work has come: a bar on a terminal, a plain line every few seconds elsewhere."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from service.embedded.notes import note

LINES_EVERY_S: Final = 3.0
REFRESH_PER_S: Final = 5.0

Report = Callable[[int, int], None]
"""Takes how much of the total is done, and how many items that was."""


@contextmanager
def progress(what: str, *, total: int | None, unit: str) -> Generator[Report]:
    """Show the progress of work on standard error. The total may count other units than the items.

    Args:
        what: The work, e.g. `importing`.
        total: The amount of work; None if it is unknown.
        unit: The word for the items, e.g. `rows`.
    """
    if sys.stderr.isatty() and total != 0:  # a bar of nothing would never fill
        with _bar(what, total=total, unit=unit) as report:
            yield report
    else:
        yield _lines(what, total=total, unit=unit)


@contextmanager
def _bar(what: str, *, total: int | None, unit: str) -> Generator[Report]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[items]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    began = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), refresh_per_second=REFRESH_PER_S) as bar:
        task = bar.add_task(what, total=total, items=f"0 {unit}")

        def report(done: int, items: int) -> None:
            bar.update(task, completed=done, items=_rate(items, unit=unit, began=began))

        yield report


def _lines(what: str, *, total: int | None, unit: str) -> Report:
    began = last = time.monotonic()

    def report(done: int, items: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < LINES_EVERY_S:
            return
        last = now
        words = f"{what}: {_rate(items, unit=unit, began=began)}"
        if total and done:
            left_s = (now - began) * max(0, total - done) / done
            words += f", {min(1.0, done / total):.0%}, {left_s:,.0f} s left"
        note(words)

    return report


def _rate(items: int, *, unit: str, began: float) -> str:
    rate = items / max(time.monotonic() - began, 1e-3)
    return f"{items:,} {unit}, {rate:,.0f}/s"
