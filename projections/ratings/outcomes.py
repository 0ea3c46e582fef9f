"""Counted outcomes of matchups, as they are or as they were, fitted to ratings by tool."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from events.facts import OVERALL
from events.ids import Position, SubjectId
from projections.past.matchups import count_matchups
from projections.past.moments import State
from projections.ratings import sql
from projections.ratings.fit import fit
from projections.ratings.rating import Rating


class Outcomes(Struct, frozen=True):
    """Who won how often, pair by pair, in columns of one length.

    Attributes:
        slugs: The tools that met anybody, in alphabetical order.
        left: Each pair's one tool, by its place among `slugs`.
        right: The other one.
    """

    slugs: Sequence[str] = ()
    left: Sequence[int] = ()
    right: Sequence[int] = ()
    left_wins: Sequence[int] = ()
    right_wins: Sequence[int] = ()
    ties: Sequence[int] = ()


async def read_outcomes(state: State, context: str) -> Outcomes:
    """Count the outcomes in a context as they are now; in `OVERALL` those in every context."""
    rule = state.rules.at(state.known)
    row = await state.connection.fetchrow(sql.select_outcomes, _filter(context), rule.counts_anonymous)
    return Outcomes(*row) if row and row["slugs"] else Outcomes()


async def read_past_outcomes(state: State, context: str, *, position: Position, corrected: bool) -> Outcomes:
    """Count the outcomes in a context as they were at a position, at most `state.known`."""
    rows = await state.connection.fetch(sql.select_matchups, _filter(context))
    pairs = {SubjectId(row["subject_id"]): (row["left_slug"], row["right_slug"]) for row in rows}
    wins: Counter[tuple[str, str]] = Counter()
    losses: Counter[tuple[str, str]] = Counter()
    ties: Counter[tuple[str, str]] = Counter()
    counted = await count_matchups(state, pairs, position=position, corrected=corrected)
    for subject_id, preferences in counted.items():
        wins[pairs[subject_id]] += preferences.left
        losses[pairs[subject_id]] += preferences.right
        ties[pairs[subject_id]] += preferences.tie
    met = [pair for pair in wins if wins[pair] + losses[pair] + ties[pair]]
    slugs = sorted({slug for pair in met for slug in pair})
    places = {slug: place for place, slug in enumerate(slugs)}
    return Outcomes(
        slugs,
        [places[left] for left, _ in met],
        [places[right] for _, right in met],
        [wins[pair] for pair in met],
        [losses[pair] for pair in met],
        [ties[pair] for pair in met],
    )


async def rate(outcomes: Outcomes) -> Mapping[str, Rating]:
    """Fit the ratings of all tools that met anybody, by slug, beside what else the process does."""
    return await asyncio.to_thread(_rate, outcomes)


def _rate(outcomes: Outcomes) -> Mapping[str, Rating]:
    fitted = fit(
        tools=len(outcomes.slugs),
        left=np.array(outcomes.left, np.intp),
        right=np.array(outcomes.right, np.intp),
        left_wins=np.array(outcomes.left_wins, np.int64),
        right_wins=np.array(outcomes.right_wins, np.int64),
        ties=np.array(outcomes.ties, np.int64),
    )
    return dict(zip(outcomes.slugs, fitted.ratings, strict=True))


def _filter(context: str) -> str | None:
    return None if context == OVERALL else context
