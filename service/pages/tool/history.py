"""The history of a tool's score: a chart with a table, and the changes one by one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from events.log.connection import Pool
from projections.comparison.numbers import count
from projections.past.changes import Burst, RulingsChange
from projections.past.history import Bucket, Unit, read_history
from projections.past.rulings import Ruled, read_ruled
from projections.scores import Score
from service.pages.tool.history_chart import HistoryPoint, RulingMark, history, volume
from service.views import words
from service.views.words import TimeText

LENGTHS: Final[dict[Unit, timedelta]] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
BY_THE_HOUR_MAX: Final = timedelta(days=4)
BY_THE_DAY_MAX: Final = timedelta(days=120)
BUCKETS_MAX: Final = 120
MARKS_MAX: Final = 20

DONE: Final = {"retract": "taken out of the count", "reinstate": "put back into the count"}


class HistoryRow(Struct, frozen=True):
    """A bucket in words."""

    time: TimeText
    votes: str
    share: str
    interval: str
    corrected: str


class RulingRow(Struct, frozen=True):
    """A change that the chart marks with a number."""

    number: int
    time: TimeText
    text: str


class HistoryView(Struct, frozen=True):
    """A tool's history: the chart, unless there is nothing to draw yet, and all that it shows in words.

    Attributes:
        corrected: Whether the past looks different from what readers saw then.
    """

    chart: Markup | None
    volume: Markup | None
    unit: Unit
    corrected: bool
    rows: list[HistoryRow]
    rulings: list[RulingRow]


class ChangeView(Struct, frozen=True):
    """One change of the score.

    Attributes:
        kind: "burst" for votes, "retract" or "reinstate" for rulings.
        crowd: The crowd's share before and after.
        panel: The panel's verdicts before and after; None if they are the same.
    """

    kind: str
    time: TimeText
    text: str
    crowd: tuple[str, str]
    panel: tuple[str, str] | None


async def read_history_view(pool: Pool, slug: str, name: str) -> HistoryView | None:
    """Read a tool's history, in buckets that fit its length; None without any votes."""
    unit, buckets = await _buckets(pool, slug)
    points = [_point(bucket, unit) for bucket in buckets]
    if all(point.share is None for point in points):
        return None
    ruled = await read_ruled(pool, slug, limit=MARKS_MAX)
    rulings = [each for each in reversed(ruled) if each.recorded_at >= points[0].start]
    rows = [_ruling_row(number, each) for number, each in enumerate(rulings, start=1)]
    marks = [
        RulingMark(each.recorded_at, row.number, f"{row.time.shown}: {row.text}")
        for each, row in zip(rulings, rows, strict=True)
    ]
    return HistoryView(
        chart=history(points, marks, name=name) if len(points) > 1 else None,
        volume=volume(points, marks) if len(points) > 1 else None,
        unit=unit,
        corrected=any(point.share != point.corrected for point in points),
        rows=[_history_row(point, unit) for point in reversed(points)],
        rulings=rows,
    )


def change_view(change: Burst | RulingsChange) -> ChangeView:
    """Put a change into words."""
    before, after = change.before, change.after
    if isinstance(change, Burst):
        kind, time, text = (
            "burst",
            words.minute(change.hour),
            f"{count(change.votes, 'vote')} within the hour",
        )
    else:
        kind, time = change.action, words.minute(change.recorded_at)
        text = _ruling(change.events, change.action, change.reason)
    panel = (_verdicts(before), _verdicts(after))
    return ChangeView(
        kind, time, text, (_crowd(before), _crowd(after)), None if panel[0] == panel[1] else panel
    )


async def _buckets(pool: Pool, slug: str) -> tuple[Unit, Sequence[Bucket]]:
    buckets = (await read_history(pool, slug, unit="day")).buckets
    length = buckets[-1].start - buckets[0].start if buckets else timedelta()
    unit: Unit = "day"
    if length <= BY_THE_HOUR_MAX:
        unit = "hour"
    elif length > BY_THE_DAY_MAX:
        unit = "week"
    if unit != "day":
        buckets = (await read_history(pool, slug, unit=unit)).buckets
    return unit, buckets[-BUCKETS_MAX:]


def _point(bucket: Bucket, unit: Unit) -> HistoryPoint:
    published, corrected = bucket.published, bucket.corrected
    return HistoryPoint(
        start=bucket.start,
        end=bucket.start + LENGTHS[unit],
        share=_share(published.ship, published.skip),
        interval=bucket.rule.interval(published.crowd),
        corrected=_share(corrected.ship, corrected.skip),
        votes=bucket.votes,
    )


def _share(ship: int, skip: int) -> float | None:
    return ship / (ship + skip) if ship + skip else None


def _history_row(point: HistoryPoint, unit: Unit) -> HistoryRow:
    return HistoryRow(
        words.minute(point.start) if unit == "hour" else words.day(point.start),
        f"{point.votes:,}",
        words.percent(point.share, point.interval),
        words.NOTHING if point.share is None else words.percents(point.interval),
        words.percent(point.corrected, point.interval),
    )


def _ruling_row(number: int, ruled: Ruled) -> RulingRow:
    return RulingRow(
        number, words.minute(ruled.recorded_at), _ruling(ruled.events, ruled.action, ruled.reason)
    )


def _ruling(events: int, action: str, reason: str) -> str:
    said = count(events, "vote or review").replace("vote or reviews", "votes or reviews")
    return f"{said} {DONE[action]}: {words.reason(reason)}"


def _crowd(score: Score) -> str:
    # A decimal more than usual: one vote among hundreds is a change, too.
    return words.percent(score.community.share, words.FINEST)


def _verdicts(score: Score) -> str:
    return f"{score.panel.ship} of {score.panel.ship + score.panel.skip}"
