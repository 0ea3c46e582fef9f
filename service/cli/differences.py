"""What a replay changes, in words."""

from collections.abc import Iterator
from typing import Any, Final

from projections.rebuilding.replays import Changed, Replay

VALUE_LENGTH_MAX: Final = 40


def tell(replay: Replay) -> Iterator[str]:
    """Tell how far a replay came and by what the rebuilt models differ from the live ones, a line each."""
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
        yield f"  {_name(change)}: {'; '.join(_words(change))}"
    if more := difference.count - len(difference.items):
        yield f"  and {more:,} more"


def _name(change: Changed) -> str:
    if change.tool is not None:
        return change.tool
    if change.panelist is not None:
        return f"panelist {change.panelist}"
    return "nothing the log knows"


def _words(change: Changed) -> Iterator[str]:
    for table in sorted({*change.before, *change.after}):
        before, after = change.before.get(table, []), change.after.get(table, [])
        if len(before) == len(after) == 1:
            names = [name for name in after[0] if before[0].get(name) != after[0][name]]
            changes = [f"{name} {_value(before[0].get(name))} → {_value(after[0][name])}" for name in names]
            yield f"{table} {', '.join(changes)}"
        elif not before:
            yield f"{table} gains {_rows(len(after))}"
        elif not after:
            yield f"{table} loses {_rows(len(before))}"
        else:
            yield f"{table} has {_rows(len(after))} for {len(before)}"


def _rows(count: int) -> str:
    return "a row" if count == 1 else f"{count:,} rows"


def _value(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return text if len(text) <= VALUE_LENGTH_MAX else f"{text[: VALUE_LENGTH_MAX - 1]}…"
