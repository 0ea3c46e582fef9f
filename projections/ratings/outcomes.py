"""Counted outcomes of matchups, as they are or as they were, fitted to ratings by tool."""

import asyncio
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
from projections.rules.rule import Rule


class Outcomes(Struct, frozen=True):
    """Who won how often, in columns of one length: a row for each matchup, so a pair may have several.

    Attributes:
        left: Slugs of each matchup's one tool.
        right: Those of the other.
    """

    left: Sequence[str] = ()
    right: Sequence[str] = ()
    left_wins: Sequence[int] = ()
    right_wins: Sequence[int] = ()
    ties: Sequence[int] = ()


async def read_outcomes(state: State, context: str, rule: Rule) -> Outcomes:
    """Count the outcomes in a context as they are now, by a rule; in `OVERALL` those in every context."""
    row = await state.connection.fetchrow(sql.select_outcomes, _filter(context), rule.counts_anonymous)
    return Outcomes(*row) if row and row["left"] else Outcomes()


async def read_past_outcomes(
    state: State, context: str, *, position: Position, corrected: bool, rule: Rule
) -> Outcomes:
    """Count the outcomes in a context as they were at a position, at most `state.known`, by a rule."""
    rows = await state.connection.fetch(sql.select_matchups, _filter(context))
    pairs = {SubjectId(row["subject_id"]): (row["left_slug"], row["right_slug"]) for row in rows}
    counted = await count_matchups(state, pairs, position=position, corrected=corrected, rule=rule)
    met = [
        (*pairs[subject_id], each.left, each.right, each.tie)
        for subject_id, each in counted.items()
        if each.left + each.right + each.tie
    ]
    return Outcomes(*zip(*met, strict=True)) if met else Outcomes()


async def rate(outcomes: Outcomes, rule: Rule) -> Mapping[str, Rating]:
    """Fit the ratings of all tools that met anybody, by slug, beside what else the process does.

    The rule says how sure intervals are to be; which preferences count is settled in the outcomes.
    """
    return await asyncio.to_thread(_rate, outcomes, rule.z)


def _rate(outcomes: Outcomes, z: float) -> Mapping[str, Rating]:
    slugs = sorted({*outcomes.left, *outcomes.right})
    places = {slug: place for place, slug in enumerate(slugs)}
    fitted = fit(
        tools=len(slugs),
        left=np.array([places[slug] for slug in outcomes.left], np.intp),
        right=np.array([places[slug] for slug in outcomes.right], np.intp),
        left_wins=np.array(outcomes.left_wins, np.int64),
        right_wins=np.array(outcomes.right_wins, np.int64),
        ties=np.array(outcomes.ties, np.int64),
        z=z,
    )
    return dict(zip(slugs, fitted.ratings, strict=True))


def _filter(context: str) -> str | None:
    return None if context == OVERALL else context
