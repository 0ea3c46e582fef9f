"""Counted outcomes of matchups, as they are or as they were, fitted to ratings by tool."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress
from typing import Final

import numpy as np
from asyncpg import Record
from msgspec import Struct

from events.facts import OVERALL
from events.ids import Position, SubjectId
from events.log.connection import Connection
from projections.past.matchups import count_matchups
from projections.past.moments import State
from projections.ratings import sql
from projections.ratings.arrays import Indices, Integers
from projections.ratings.fit import fit
from projections.ratings.rating import Rating
from projections.rules.rule import Rule

NUMBER: Final = np.dtype(">i8")
"""A bigint as Postgres sends it."""

COUNTS: Final = 3
"""Left wins, right wins, ties."""

TALLY: Final = np.dtype(
    {"names": ["subject", "0", "1", "2"], "formats": [NUMBER] * 4, "offsets": [6, 18, 30, 42], "itemsize": 50}
)
TALLIES_AFTER: Final = 19
TALLIES_BEFORE: Final = -2
"""How COPY writes rows of four bigints: the length of each ahead of it, and something around all rows.

Source: PostgreSQL 18 documentation, COPY, "Binary Format".
"""


class MatchupOutcomes(Struct, frozen=True):
    """Counts of wins and ties: a row for each matchup, so a pair may have several.

    Attributes:
        slugs: Of all tools in alphabetical order, also of those that met nobody.
        left: Places among the slugs of each matchup's one tool.
        right: Those of the other.
        counts: In columns: matchups that left won, that right won, ties.
    """

    slugs: Sequence[str]
    left: Indices
    right: Indices
    counts: Integers


class _Pairs(Struct, frozen=True):
    """Matchups by number, in the order of their subjects: places among the slugs, and those subjects."""

    slugs: Sequence[str]
    left: Indices
    right: Indices
    subjects: Integers


async def count_outcomes(state: State, context: str, rule: Rule) -> MatchupOutcomes:
    """Count the outcomes in a context as they are now, by a rule; in `OVERALL` those in every context.

    Names and tallies are read as they are stored and joined here, in a quarter of the time that a join in
    Postgres takes.
    """
    rows = await state.connection.fetch(sql.select_pairs, _filter(context))
    pairs, tallies = await asyncio.gather(
        asyncio.to_thread(_number, rows), _read_tallies(state.connection, sql.select_outcomes)
    )
    counts = _find(tallies, pairs.subjects)
    if not rule.counts_anonymous:
        counts -= _find(await _read_tallies(state.connection, sql.select_anonymous_outcomes), pairs.subjects)
    return MatchupOutcomes(pairs.slugs, pairs.left, pairs.right, counts)


async def count_past_outcomes(
    state: State, context: str, *, position: Position, corrected: bool, rule: Rule
) -> MatchupOutcomes:
    """Count the outcomes in a context as they were at a position, at most `state.known`, by a rule."""
    rows = await state.connection.fetch(sql.select_matchups, _filter(context))
    named = {SubjectId(row["subject_id"]): (row["left_slug"], row["right_slug"]) for row in rows}
    counted = await count_matchups(state, named, position=position, corrected=corrected, rule=rule)
    slugs, places = _place(chain.from_iterable(named.values()))
    left, right = (
        np.array([places[named[subject_id][side]] for subject_id in counted], np.intp) for side in range(2)
    )
    counts = np.array([(each.left_wins, each.right_wins, each.ties) for each in counted.values()], np.int64)
    return MatchupOutcomes(slugs, left, right, counts.reshape(-1, COUNTS))


async def fit_outcomes(outcomes: MatchupOutcomes, rule: Rule) -> Mapping[str, Rating]:
    """Fit the ratings of all tools with matchups, by slug, in a thread.

    The rule says how sure intervals are to be; which preferences count is settled in the outcomes.
    """
    return await asyncio.to_thread(_rate, outcomes, rule.z)


def _rate(outcomes: MatchupOutcomes, z: float) -> Mapping[str, Rating]:
    met = outcomes.counts.any(axis=1)
    left, right, counts = outcomes.left[met], outcomes.right[met], outcomes.counts[met]
    seen = np.zeros(len(outcomes.slugs), np.bool_)
    seen[left] = seen[right] = True
    places = seen.cumsum() - 1
    fitted = fit(
        tools=int(seen.sum()),
        left=places[left],
        right=places[right],
        left_wins=counts[:, 0],
        right_wins=counts[:, 1],
        ties=counts[:, 2],
        z=z,
    )
    return dict(zip(compress(outcomes.slugs, seen), fitted.ratings, strict=True))


def _number(rows: Sequence[Record]) -> _Pairs:
    rights = [row["rights"].split(" ") for row in rows]
    slugs, places = _place(chain((row["left_slug"] for row in rows), *rights))
    left = np.array([places[row["left_slug"]] for row in rows], np.intp)
    right = np.array([places[slug] for slug in chain.from_iterable(rights)], np.intp)
    subjects = np.frombuffer(b"".join(row["subjects"] for row in rows), NUMBER).astype(np.int64)
    order = subjects.argsort()
    left = left.repeat([len(side) for side in rights])
    return _Pairs(slugs, left[order], right[order], subjects[order])


async def _read_tallies(connection: Connection, query: str) -> Integers:
    """Read subjects with their counts, in columns and in the order of subjects."""
    parts: list[bytes] = []

    async def keep(part: bytes) -> None:
        parts.append(part)

    await connection.copy_from_query(query, output=keep, format="binary")
    rows = np.frombuffer(b"".join(parts)[TALLIES_AFTER:TALLIES_BEFORE], TALLY)
    columns = [rows[name].astype(np.int64) for name in TALLY.names or ()]
    return np.column_stack(columns)[columns[0].argsort()]


def _find(tallies: Integers, subjects: Integers) -> Integers:
    """Return the counts of these subjects, which are in order; zeros where there is no tally."""
    rows = np.searchsorted(tallies[:, 0], subjects)
    known = rows < len(tallies)
    known[known] = tallies[rows[known], 0] == subjects[known]
    counts = np.zeros((len(subjects), COUNTS), np.int64)
    counts[known] = tallies[rows[known], 1:]
    return counts


def _place(names: Iterable[str]) -> tuple[Sequence[str], Mapping[str, int]]:
    slugs = sorted(set(names))
    return slugs, {slug: place for place, slug in enumerate(slugs)}


def _filter(context: str) -> str | None:
    return None if context == OVERALL else context
