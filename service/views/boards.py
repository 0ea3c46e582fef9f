"""A leaderboard's rows as they are shown: ranks that may be ties, intervals as whiskers, trends in words."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, Struct

from projections.comparison.numbers import count
from projections.leaderboards.board import Leaderboard, Row
from projections.leaderboards.shares import ShareBoard
from service.reads.leaderboards import EVERY
from service.reads.measures import Measure
from service.views import addresses, words
from service.views.charts.scale import Scale
from service.views.charts.whisker import Whisker
from service.views.ratings import NOTES, Axis, ShownRating, axis_of, chart_of, range_of, scale_of
from service.views.shares import chart


class Trend(Struct, frozen=True):
    """How a score changed in a week: the direction ("up", "down" or "same") and the number of points."""

    direction: str
    points: str


class BoardRow(Struct, frozen=True, kw_only=True):
    """A tool's place.

    Attributes:
        rank: None where there are too few votes for one.
        tied: Whether others may have the same rank.
        value: The share or the rating.
        range: Its interval; None without votes.
        voted: Whether the tool has any votes.
        trend: None where there was no score a week ago.
        note: Why the tool has no rating on the scale of the others.
    """

    slug: str
    rank: str | None
    tied: bool
    href: str
    name: str
    value: str
    range: str | None
    voted: bool
    votes: str
    trend: Trend | None
    note: str | None
    chart: Whisker


class ShownBoard(Struct, frozen=True):
    """A page of a board: the position where it is exact, its rows, their axis, and the number of all rows."""

    position: int
    rows: list[BoardRow]
    axis: Axis
    total: int


SHARE_AXIS: Final = Axis(words.percent(0.0), words.percent(0.5), words.percent(1.0))


def board_title(category: str) -> str:
    """Name a leaderboard."""
    return "All tools" if category == EVERY else words.title(category)


def shown_board(board: Leaderboard, measure: Measure, page: slice) -> ShownBoard:
    """Show a page of a board, on an axis that all its pages have."""
    if isinstance(board, ShareBoard):
        return ShownBoard(
            board.position, share_rows(board, board.rows[page], measure), SHARE_AXIS, len(board.rows)
        )
    scale = scale_of(map(shown_rating, board.rows))
    return ShownBoard(
        board.position, rating_rows(board.rows[page], measure, scale), axis_of(scale), len(board.rows)
    )


def share_rows(board: ShareBoard, rows: Sequence[Row], measure: Measure) -> list[BoardRow]:
    """Show some rows of a board by shares."""
    shown: list[BoardRow] = []
    for row in rows:
        share = board.tallies[row.tool].share
        low, high = row.interval
        interval = (low or 0.0, 1.0 if high is None else high)
        shown.append(
            _row(
                row,
                measure,
                value=words.percent(share, interval),
                range_=words.percents(interval) if row.votes else None,
                trend=None if row.trend is None else 100 * row.trend,
                chart_=chart(measure.who, interval, share),
            )
        )
    return shown


def rating_rows(rows: Sequence[Row], measure: Measure, scale: Scale) -> list[BoardRow]:
    """Show some rows of a board by ratings."""
    return [
        _row(
            row,
            measure,
            value=words.NOTHING if row.score is None else f"{row.score:,.0f}",
            range_=range_of(shown_rating(row)),
            trend=row.trend,
            chart_=chart_of(shown_rating(row), scale),
        )
        for row in rows
    ]


def shown_rating(row: Row) -> ShownRating:
    """Return the rating in a row of a board by ratings."""
    return ShownRating(row.score, row.interval, row.votes, None if row.note is UNSET else row.note)


def _row(
    row: Row, measure: Measure, *, value: str, range_: str | None, trend: float | None, chart_: Whisker
) -> BoardRow:
    return BoardRow(
        slug=row.tool,
        rank=None if row.rank is None else words.ranks(row.rank),
        tied=row.rank is not None and "-" in row.rank,
        href=addresses.tool(row.tool),
        name=row.name,
        value=value,
        range=range_,
        voted=row.votes > 0,
        votes=count(row.votes, measure.unit),
        trend=None if trend is None else _trend(trend),
        note=None if row.note is UNSET else NOTES[row.note],
        chart=chart_,
    )


def _trend(points: float) -> Trend:
    written = words.points(points)
    if written == "0":
        return Trend("same", written)
    return Trend("up" if points > 0 else "down", written)
