"""Describes in lines what a replay changes."""

from collections.abc import Iterator

from projections.rebuilding.replays import Replay
from service.views.differences import TableChange, changes, subject


def describe_replay(replay: Replay) -> Iterator[str]:
    """Yield a line for the events that a replay folded, and one for each difference from the live models."""
    rate = f", {replay.rate:,.0f} a second" if replay.rate else ""
    yield f"rebuilt {', '.join(replay.models)} from {replay.position:,} events{rate}"
    difference = replay.difference
    if difference is None:
        return
    if not difference.count:
        yield "nothing differs"
        return
    yield f"{difference.count:,} differ:"
    for change in difference.items:
        yield f"  {subject(change)}: {'; '.join(map(_words, changes(change)))}"
    if more := difference.count - len(difference.items):
        yield f"  and {more:,} more"


def _words(change: TableChange) -> str:
    table, live, rebuilt = change.table, len(change.live), len(change.rebuilt)
    if live == rebuilt == 1:
        columns = (f"{column.name} {column.live} → {column.rebuilt}" for column in change.columns)
        return f"{table} {', '.join(columns)}"
    if not live:
        return f"{table} gains {_rows(rebuilt)}"
    if not rebuilt:
        return f"{table} loses {_rows(live)}"
    return f"{table} has {_rows(rebuilt)} for {live}"


def _rows(count: int) -> str:
    return "a row" if count == 1 else f"{count:,} rows"
