"""Ratings in words and as whiskers around the mean. A rating may lack a bound or have its own scale."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from projections.ratings.rating import SCORE_MEAN, Bounds, Note
from service.views.charts.scale import Scale
from service.views.charts.whisker import Whisker

MARGIN: Final = 0.04
"""The part of the axis that stays empty at each end."""

NOTES: Final[dict[Note, str]] = {
    "only wins": "won all its matchups: no upper bound",
    "only losses": "lost all its matchups: no lower bound",
    "apart": "cannot be compared with the others yet",
}


class Axis(Struct, frozen=True):
    """The labels at the left end of whiskers, in their middle and at the right end."""

    low: str
    middle: str
    high: str


class ShownRating(Struct, frozen=True):
    """A rating by its numbers."""

    score: float | None
    interval: Bounds
    votes: int
    note: Note | None


def scale_of(ratings: Iterable[ShownRating]) -> Scale:
    """Span an axis over ratings on one scale, with the mean in the middle."""
    on_scale = [rating for rating in ratings if rating.note != "apart"]
    values = [value for rating in on_scale for value in (rating.score, *rating.interval) if value is not None]
    reach = max((abs(value - SCORE_MEAN) for value in values), default=1.0) or 1.0
    reach *= 1 + MARGIN
    return Scale(SCORE_MEAN - reach, SCORE_MEAN + reach)


def axis_of(scale: Scale) -> Axis:
    """Label an axis."""
    return Axis(f"{scale.low:,.0f}", f"{SCORE_MEAN:,.0f}", f"{scale.high:,.0f}")


def range_of(rating: ShownRating) -> str | None:
    """Write a rating's interval; None without one, or without votes."""
    low, high = rating.interval
    if not rating.votes or (low is None and high is None):
        return None
    if low is None:
        return f"up to {high:,.0f}"
    return f"from {low:,.0f}" if high is None else f"{low:,.0f}\N{EN DASH}{high:,.0f}"


def chart_of(rating: ShownRating, scale: Scale) -> Whisker:
    """Draw a rating with its interval, or an empty axis where it cannot be placed."""
    low, high = rating.interval
    if not rating.votes or rating.note == "apart":
        title = NOTES["apart"] if rating.votes else "Nothing is known yet"
        return Whisker(scale=scale, middle=SCORE_MEAN, span=False, title=title)
    title = f"Rating {range_of(rating)}"
    return Whisker(low=low, high=high, estimate=rating.score, scale=scale, middle=SCORE_MEAN, title=title)
