"""Reads everything about some tools from one snapshot of the read models, and compares them."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from events.facts import OVERALL
from events.ids import Position, tool_subject
from events.log.connection import Pool
from projections.catalogue.queries import Tool, read_tools_at
from projections.comparison.compare import compare
from projections.comparison.shapes import Comparison, Contender, Matchup
from projections.past.counts import count_at
from projections.past.matchups import Preferences, count_among
from projections.past.moments import At, State, open_state
from projections.past.panel import read_panels
from projections.ratings.past import PastRatings
from projections.ratings.rating import Rating
from projections.ratings.storing import read_ratings
from projections.reviews.queries import Review, read_reviews_at
from projections.rules.rule import Rule
from projections.scores import Counts

COMPARISONS_REMEMBERED_MAX: Final = 1_024

Contexts = Mapping[str, Preferences]
"""The preferences between two tools, by context."""


class Rated(Struct, frozen=True):
    """A tool's rating by its matchups with any tools; every preference up to `position` is reflected."""

    position: Position
    rating: Rating


class Sides(Struct, frozen=True, kw_only=True):
    """Everything about the tools. Exact at `position`; sequences are in the order of the tools.

    Attributes:
        rule: The rule at that position.
        context: Of the ratings, and of what tools are compared by head to head.
        reviews: Those that stand, by panelist.
        matchups: Each two tools, in their order, in each context in which there ever was a preference.
        ratings: None for a tool without matchups.
    """

    position: Position
    rule: Rule
    context: str
    tools: Sequence[Tool]
    counts: Sequence[Counts]
    reviews: Sequence[Sequence[Review]]
    matchups: Mapping[tuple[str, str], Contexts]
    ratings: Sequence[Rated | None]


class NotListedError(LookupError):
    """A tool is not listed at the position. Its slug comes from outside, so tell the caller."""

    def __init__(self, slug: str, position: Position) -> None:
        super().__init__(f"no tool {slug!r} is listed at position {position}")
        self.slug = slug
        self.position = position


async def read_sides(
    pool: Pool,
    slugs: Sequence[str],
    *,
    context: str = OVERALL,
    past: PastRatings,
    at: At | None = None,
    corrected: bool = False,
) -> Sides:
    """Read everything about some different tools, now or at a moment.

    Args:
        pool: Where to read.
        slugs: In the order to be shown.
        context: Of the ratings, and of what to compare by; `OVERALL` takes in every context.
        past: Fits ratings for a moment of the past.
        at: None is now. Then ratings stand at the last fit, which may be a moment behind.
        corrected: Whether by the rulings known now, or by those known then. The rule is that of then.

    Raises:
        NotListedError: one of them is not, or was not then.
    """
    subjects = [tool_subject(slug) for slug in slugs]
    async with open_state(pool) as state:
        connection = state.connection
        position = state.known if at is None else await state.position(at)
        tools = await read_tools_at(connection, slugs, position=position)
        for slug in slugs:
            if slug not in tools:
                raise NotListedError(slug, position)
        panels = await read_panels(state, subjects)
        counts = await count_at(state, panels, position=position, corrected=corrected)
        reviews = await read_reviews_at(state, panels, position=position, corrected=corrected)
        found = await count_among(state, slugs, position=position, corrected=corrected)
        if at is None:
            ratings = await _ratings_now(state, context, slugs)
        else:
            then = await past.read(state, context, position=position, corrected=corrected)
            ratings = {slug: Rated(position, rating) for slug, rating in then.items()}
        return Sides(
            position=position,
            rule=state.rules.at(position),
            context=context,
            tools=[tools[slug] for slug in slugs],
            counts=[counts[subject_id] for subject_id in subjects],
            reviews=[reviews[subject_id] for subject_id in subjects],
            matchups={pair: _as_named(found, *pair) for pair in combinations(slugs, 2)},
            ratings=[ratings.get(slug) for slug in slugs],
        )


async def compare_sides(sides: Sides) -> Comparison:
    """Compare the tools. Fragility takes long to compute, so the result is cached."""
    contenders = tuple(
        Contender(
            tool=tool.slug,
            name=tool.name,
            panel=counts.panel,
            crowd=counts.crowd,
        )
        for tool, counts in zip(sides.tools, sides.counts, strict=True)
    )
    matchups = tuple(_matchup(*pair, contexts, sides.context) for pair, contexts in sides.matchups.items())
    return await asyncio.to_thread(_compare, sides.rule, contenders, matchups)


@lru_cache(maxsize=COMPARISONS_REMEMBERED_MAX)
def _compare(rule: Rule, contenders: tuple[Contender, ...], matchups: tuple[Matchup, ...]) -> Comparison:
    return compare(rule, contenders, matchups)


async def _ratings_now(state: State, context: str, slugs: Sequence[str]) -> dict[str, Rated]:
    subjects = {tool_subject(slug): slug for slug in slugs}
    position, ratings = await read_ratings(state.connection, context, list(subjects))
    return {subjects[subject_id]: Rated(position, rating) for subject_id, rating in ratings.items()}


def _as_named(found: Mapping[tuple[str, str], Contexts], left: str, right: str) -> Contexts:
    """Return a pair's contexts as the tool that is named first sees them."""
    if left < right:
        return found.get((left, right), {})
    return {
        context: replace(seen, left_wins=seen.right_wins, right_wins=seen.left_wins)
        for context, seen in found.get((right, left), {}).items()
    }


def _matchup(left: str, right: str, contexts: Contexts, context: str) -> Matchup:
    """Add up what is preferred in the context; in `OVERALL` all of it, so a voter counts once in each."""
    seen = [each for name, each in contexts.items() if context in {OVERALL, name}]
    return Matchup(
        left=left,
        right=right,
        left_wins=sum(each.left_wins for each in seen),
        right_wins=sum(each.right_wins for each in seen),
        ties=sum(each.ties for each in seen),
    )
