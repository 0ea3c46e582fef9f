"""Ranks tools by the crowd's preferences between two tools."""

from collections.abc import Mapping
from math import inf
from typing import Final

from msgspec import UNSET

from events.ids import Position, SubjectId
from events.log.connection import Pool
from projections.leaderboards.board import Leaderboard, Names, Row, read_listed, trend_begins
from projections.past.moments import At, State, open_state
from projections.ratings.past import PastRatings
from projections.ratings.ranks import rank_ratings
from projections.ratings.rating import Note, Rating, notes_among
from projections.ratings.storing import read_ratings

DIGITS: Final = 1
"""A tenth of a point is far below what any interval leaves open."""


async def read_matchup_board(
    pool: Pool,
    category: str | None,
    *,
    context: str,
    past: PastRatings,
    at: At | None = None,
    corrected: bool = False,
) -> Leaderboard:
    """Read the leaderboard of a category, or of all (None), by matchups in a context, now or at a moment.

    All tools are rated together, whatever their category; ranks are among those on the board. The present
    board is exact at the position of the last fit, which may be a moment behind the newest preference.
    """
    async with open_state(pool) as state:
        if at is None:
            names = await read_listed(state, state.known, category)
            position, ratings = await read_ratings(state.connection, context, list(names))
        else:
            position = await state.position(at)
            names = await read_listed(state, position, category)
            found = await past.read(state, context, position=position, corrected=corrected)
            ratings = _on_board(names, found)
        before = await _week_before(state, names, past, context, position=position, corrected=corrected)
    rule = state.rules.at(position)
    ranked = {subject: each for subject, each in ratings.items() if _votes(each) >= rule.ranked_votes_min}
    ranks = dict(zip(ranked, rank_ratings(list(ranked.values())), strict=True))
    board = sorted(
        names, key=lambda subject: _order(ranks.get(subject), ratings.get(subject), names[subject][0])
    )
    notes = dict(zip(ratings, notes_among(list(ratings.values())), strict=True))
    rows = [
        _row(
            names[subject],
            ratings.get(subject),
            before.get(subject),
            place=ranks.get(subject),
            note=notes.get(subject),
        )
        for subject in board
    ]
    return Leaderboard(position, rule, rows)


async def _week_before(
    state: State, names: Names, past: PastRatings, context: str, *, position: Position, corrected: bool
) -> Mapping[SubjectId, Rating]:
    # Rounded to the hour, so that one fit serves all requests within it.
    earlier = await trend_begins(state, position, by_the_hour=True)
    rule = state.rules.at(position)
    found = await past.read(state, context, position=earlier, corrected=corrected, rule=rule)
    return _on_board(names, found)


def _on_board(names: Names, ratings: Mapping[str, Rating]) -> dict[SubjectId, Rating]:
    return {subject: ratings[slug] for subject, (slug, _) in names.items() if slug in ratings}


def _votes(rating: Rating) -> int:
    return rating.wins + rating.losses + rating.ties


def _order(place: str | None, rating: Rating | None, slug: str) -> tuple[bool, float, float, int, str]:
    """Sort those with a rank first, each scale by itself, the best first; those that met nobody come last."""
    if rating is None:
        return (True, inf, inf, 0, slug)
    height = rating.score
    if height is None:
        height = inf if rating.note == "only wins" else -inf
    return (place is None, rating.group, -height, -_votes(rating), slug)


def _row(
    name: tuple[str, str],
    rating: Rating | None,
    before: Rating | None,
    *,
    place: str | None,
    note: Note | None,
) -> Row:
    low, high = rating.interval if rating else (None, None)
    return Row(
        tool=name[0],
        name=name[1],
        rank=place,
        score=_rounded(rating.score) if rating else None,
        interval=(_rounded(low), _rounded(high)),
        votes=_votes(rating) if rating else 0,
        trend=_trend(rating, before),
        note=note or UNSET,
    )


def _trend(now: Rating | None, before: Rating | None) -> float | None:
    """Return by how many points a tool rose, where both ratings stand on the main scale."""
    if now is None or before is None or now.note or before.note or now.score is None or before.score is None:
        return None
    return _rounded(now.score - before.score)


def _rounded(points: float | None) -> float | None:
    return None if points is None else round(points, DIGITS)
