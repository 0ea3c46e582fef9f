"""A leaderboard's rows as they are shown: ranks that may be ties, intervals as whiskers, trends in words."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup
from msgspec import UNSET, Struct

from projections.comparison.numbers import count
from projections.leaderboards.board import By, Row
from projections.leaderboards.shares import ShareBoard
from projections.ratings.rating import SCORE_MEAN
from service.pages import addresses, words
from service.pages.charts.scale import Scale
from service.pages.charts.whisker import whisker
from service.pages.measures import Who, chart

MARGIN: Final = 0.04
"""Of a rating axis, free on either side."""

VOTES: Final[Mapping[By, str]] = {"community": "vote", "panel": "review", "matchups": "matchup"}
NOTES: Final = {
    "only wins": "won all its matchups: no upper bound",
    "only losses": "lost all its matchups: no lower bound",
    "apart": "cannot be compared with the others yet",
}


class Trend(Struct, frozen=True):
    """By how much a score has changed in a week: "up", "down" or "same"; and the number."""

    direction: str
    points: str


class BoardRow(Struct, frozen=True, kw_only=True):
    """A tool's place.

    Attributes:
        rank: None where there are too few votes for one.
        tied: Whether others may have the same rank.
        value: The share or the rating.
        range: Its interval; None without votes.
        trend: None where there was nothing to compare with.
        note: Why there is no rating on the others' scale.
    """

    rank: str | None
    tied: bool
    href: str
    name: str
    value: str
    range: str | None
    votes: str
    trend: Trend | None
    note: str | None
    chart: Markup


class Axis(Struct, frozen=True):
    """What stands at the left end of the whiskers, in their middle and at the right end."""

    low: str
    middle: str
    high: str


SHARE_AXIS: Final = Axis(words.percent(0.0), words.percent(0.5), words.percent(1.0))


def share_rows(board: ShareBoard, rows: Sequence[Row], by: By) -> list[BoardRow]:
    """Show some rows of a board by shares."""
    who: Who = "panel" if by == "panel" else "crowd"
    shown: list[BoardRow] = []
    for row in rows:
        share = board.tallies[row.tool].share
        low, high = row.interval
        interval = (low or 0.0, 1.0 if high is None else high)
        shown.append(
            _row(
                row,
                by,
                value=words.percent(share, interval),
                range_=words.percents(interval) if row.votes else None,
                trend=None if row.trend is None else 100 * row.trend,
                chart_=chart(who, interval, share),
            )
        )
    return shown


def rating_rows(rows: Sequence[Row], scale: Scale) -> list[BoardRow]:
    """Show some rows of a board by matchups."""
    return [
        _row(
            row,
            "matchups",
            value=words.NOTHING if row.score is None else f"{row.score:,.0f}",
            range_=_ratings(row) if row.votes else None,
            trend=row.trend,
            chart_=_rating_chart(row, scale),
        )
        for row in rows
    ]


def rating_scale(rows: Sequence[Row]) -> Scale:
    """Span an axis over all ratings of a board, with the mean in the middle."""
    values = [value for row in rows for value in (row.score, *row.interval) if value is not None]
    reach = max((abs(value - SCORE_MEAN) for value in values), default=1.0) or 1.0
    reach *= 1 + MARGIN
    return Scale(SCORE_MEAN - reach, SCORE_MEAN + reach)


def rating_axis(scale: Scale) -> Axis:
    """Label that axis."""
    return Axis(f"{scale.low:,.0f}", f"{SCORE_MEAN:,.0f}", f"{scale.high:,.0f}")


def _rating_chart(row: Row, scale: Scale) -> Markup:
    low, high = row.interval
    if not row.votes or row.note == "apart":
        title = NOTES["apart"] if row.votes else "Nothing is known yet"
        return whisker(None, None, None, scale=scale, middle=SCORE_MEAN, span=False, title=title)
    title = f"Rating {_ratings(row)}"
    return whisker(low, high, row.score, scale=scale, middle=SCORE_MEAN, title=title)


def _ratings(row: Row) -> str | None:
    low, high = row.interval
    if low is None and high is None:
        return None
    if low is None:
        return f"up to {high:,.0f}"
    return f"from {low:,.0f}" if high is None else f"{low:,.0f}\N{EN DASH}{high:,.0f}"


def _row(
    row: Row, by: By, *, value: str, range_: str | None, trend: float | None, chart_: Markup
) -> BoardRow:
    return BoardRow(
        rank=None if row.rank is None else words.ranks(row.rank),
        tied=row.rank is not None and "-" in row.rank,
        href=addresses.tool(row.tool),
        name=row.name,
        value=value,
        range=range_,
        votes=count(row.votes, VOTES[by]),
        trend=None if trend is None else _trend(trend),
        note=None if row.note is UNSET else NOTES[row.note],
        chart=chart_,
    )


def _trend(points: float) -> Trend:
    written = words.points(points)
    if written == "0":
        return Trend("same", written)
    return Trend("up" if points > 0 else "down", written)
