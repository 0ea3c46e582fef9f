"""Shares over time as a line with its interval, with marks for retractions, and votes as bars below.

Within a bucket the line goes from the score before it to the score at its end. Without votes it is
flat.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from projections.comparison.numbers import count
from projections.wilson import Interval
from service.views.charts.scale import SHARES, Scale
from service.views.charts.svg import element
from service.views.words import day, minute, percent, percents

GRID: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
FIELD: Final = 1000
"""The lines' own coordinates: they are stretched to the chart, the stroke is not."""

BAR_WIDTH_MIN: Final = 0.4
"""In percent of the chart, so that the hours of a long history stay visible."""

DOTS_MAX: Final = 31
"""Of more points the line alone is drawn."""

SHORT_S: Final = 36 * 3600
"""A shorter history is labelled with hours, a longer one with days."""


class HistoryPoint(Struct, frozen=True):
    """The crowd's share at the end of a bucket: as readers saw it, and as corrected; None without votes."""

    start: datetime
    end: datetime
    share: float | None
    interval: Interval
    corrected: float | None
    votes: int


class RulingMark(Struct, frozen=True):
    """A ruling."""

    at: datetime
    number: int
    title: str


def history(points: Sequence[HistoryPoint], marks: Sequence[RulingMark], *, name: str) -> Markup:
    """Draw a tool's history, from one point on; `name` is the tool's."""
    times = _times(points, marks)
    drawn = [point for point in points if point.share is not None]
    first, last = points[0], points[-1]
    described = (
        f"From {day(first.start).shown} to {day(last.end).shown}: "
        f"at last {percent(last.share, last.interval)} of the crowd's votes said ship."
    )
    return element(
        "svg",
        element("title", f"The crowd's share for {name} over time", id="history-title"),
        element("desc", described, id="history-desc"),
        *_grid(),
        *_days(times),
        _lines(points, times),
        *(_mark(mark, times) for mark in marks),
        *(_dot(point, times) for point in (drawn if len(drawn) <= DOTS_MAX else ())),
        class_="history",
        role="img",
        aria_labelledby="history-title history-desc",
    )


def volume(points: Sequence[HistoryPoint], marks: Sequence[RulingMark]) -> Markup:
    """Draw the votes of each bucket as bars without numbers, on the axis of the history."""
    times = _times(points, marks)
    votes = Scale(0, max(1, *(point.votes for point in points)))
    bars = [_bar(point, times, votes) for point in points if point.votes]
    return element("svg", *bars, class_="volume", aria_hidden="true")


def _bar(point: HistoryPoint, times: Scale, votes: Scale) -> Markup:
    left, right = (times.place(time.timestamp()) for time in (point.start, point.end))
    return element(
        "rect",
        element("title", f"{minute(point.start).shown}: {count(point.votes, 'vote')}"),
        x=f"{left:g}%",
        width=f"{max(BAR_WIDTH_MIN, right - left):.2f}%",
        y=votes.up(point.votes),
        height=votes.at(point.votes),
    )


def _times(points: Sequence[HistoryPoint], marks: Sequence[RulingMark]) -> Scale:
    ends = [point.end for point in points] + [mark.at for mark in marks]
    return Scale(points[0].start.timestamp(), max(ends).timestamp())


def _grid() -> list[Markup]:
    parts: list[Markup] = []
    for share in GRID:
        place = SHARES.up(share)
        class_ = "grid middle" if share == 0.5 else "grid"  # noqa: PLR2004 - where the crowd is divided
        parts.append(element("line", class_=class_, x1="0", x2="100%", y1=place, y2=place))
        parts.append(element("text", percent(share), class_="share", x="-8", y=place, dy="0.35em"))
    return parts


def _days(times: Scale) -> list[Markup]:
    """Write the time at both ends and in between; narrow screens leave out those in between."""
    parts: list[Markup] = []
    for quarter, class_ in enumerate(("first", "minor", "mid", "minor", "last")):
        time = times.low + (times.high - times.low) * quarter / 4
        shown = _when(datetime.fromtimestamp(time, UTC), short=times.high - times.low < SHORT_S)
        parts.append(element("text", shown, class_=f"time {class_}", x=times.at(time), y="100%", dy="20"))
    return parts


def _when(time: datetime, *, short: bool) -> str:
    return time.strftime("%H:%M") if short else day(time).shown


def _lines(points: Sequence[HistoryPoint], times: Scale) -> Markup:
    drawn = [point for point in points if point.share is not None]
    low = _corners([(point, point.interval[0]) for point in drawn], times)
    high = _corners([(point, point.interval[1]) for point in drawn], times)
    published = _corners([(point, point.share) for point in points], times)
    corrected = _corners([(point, point.corrected) for point in points], times)
    parts = [
        element("polygon", class_="band", points=" ".join((*high, *reversed(low)))),
        element("polyline", class_="line", points=" ".join(published), vector_effect="non-scaling-stroke"),
    ]
    if corrected != published:
        line = " ".join(corrected)
        parts.append(
            element("polyline", class_="line corrected", points=line, vector_effect="non-scaling-stroke")
        )
    return element(
        "svg", *parts, width="100%", height="100%", viewBox=f"0 0 {FIELD} {FIELD}", preserveAspectRatio="none"
    )


def _corners(values: Iterable[tuple[HistoryPoint, float | None]], times: Scale) -> list[str]:
    """List where a line bends: at both ends of each bucket that has a value; it goes on to the right edge."""
    corners: list[str] = []
    before: float | None = None
    for point, value in values:
        if value is None:
            continue
        for time, share in ((point.start, value if before is None else before), (point.end, value)):
            x, y = times.place(time.timestamp()), 100 - SHARES.place(share)
            corners.append(f"{x * FIELD / 100:g},{y * FIELD / 100:g}")
        before = value
    return [*corners, f"{FIELD},{corners[-1].rpartition(',')[2]}"] if corners else []


def _dot(point: HistoryPoint, times: Scale) -> Markup:
    share = point.share or 0.0
    said = f"{day(point.start).shown}: {percent(share, point.interval)} ({percents(point.interval)})"
    return element(
        "circle",
        element("title", said),
        class_="dot",
        cx=times.at(point.end.timestamp()),
        cy=SHARES.up(share),
        r=3,
    )


def _mark(mark: RulingMark, times: Scale) -> Markup:
    place = times.at(mark.at.timestamp())
    return element(
        "g",
        element("title", mark.title),
        element("line", x1=place, x2=place, y1="0", y2="100%"),
        element("circle", cx=place, cy="0", r=9),
        element("text", str(mark.number), x=place, y="0", dy="0.35em"),
        class_="mark",
    )
