"""The counts behind scores at a position: sums over the cells before it, and the log for the last cell."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from asyncpg import Record
from msgspec import Struct

from events.ids import Position, SubjectId, tool_subject
from events.log.connection import Pool
from projections.cells import cut
from projections.past import sql
from projections.past.moments import At, State, open_state
from projections.past.panel import Panel, read_panels
from projections.rules.rule import Rule
from projections.scores import Counts, Score, score_of


class Ballots(Struct, frozen=True):
    """A kind of ballots: the columns of its counts, and the statements that read them.

    Attributes:
        select: Reads the present counts.
        select_anonymous: Reads those of people without an account.
        sum: Sums the cells before a position.
        sum_anonymous: Sums what people without an account changed there.
    """

    columns: tuple[str, ...]
    select: str
    select_anonymous: str
    sum: str
    sum_anonymous: str


VOTES: Final = Ballots(
    ("ship", "skip"),
    sql.select_tallies,
    sql.select_anonymous_tallies,
    sql.sum_votes,
    sql.sum_anonymous_votes,
)
PREFERENCES: Final = Ballots(
    ("left_wins", "right_wins", "ties"),
    sql.select_counts,
    sql.select_anonymous_counts,
    sql.sum_preferences,
    sql.sum_anonymous_preferences,
)


async def read_past_score(pool: Pool, slug: str, *, at: At, corrected: bool = False) -> Score:
    """Read a tool's score document as it was, by the rule of then; its `position` is where it is exact."""
    async with open_state(pool) as state:
        position, subject_id = await state.position(at), tool_subject(slug)
        panels = await read_panels(state, [subject_id])
        counts = await count_at(state, panels, position=position, corrected=corrected)
        return score_of(slug, position, counts[subject_id], state.rules.at(position))


async def count_at(
    state: State,
    panels: dict[SubjectId, Panel],
    *,
    position: Position,
    corrected: bool = False,
    rule: Rule | None = None,
) -> dict[SubjectId, Counts]:
    """Count the votes and reviews of each tool up to a position, at most `state.known`.

    The rule decides which count; None is the rule of the position.
    """
    crowd, excluded = await sum_up(state, VOTES, list(panels), position, corrected=corrected, rule=rule)
    found: dict[SubjectId, Counts] = {}
    for subject_id, panel in panels.items():
        panel_ship, panel_skip = panel.count(at=position, known=state.known if corrected else position)
        found[subject_id] = Counts(
            panel_ship=panel_ship,
            panel_skip=panel_skip,
            ship=crowd[subject_id]["ship"],
            skip=crowd[subject_id]["skip"],
            anonymous_ship=crowd[subject_id]["anonymous_ship"],
            anonymous_skip=crowd[subject_id]["anonymous_skip"],
            excluded=+excluded[subject_id] if subject_id in excluded else {},  # without zeros
        )
    return found


Sums = dict[SubjectId, Counter[str]]


async def sum_up(
    state: State,
    ballots: Ballots,
    subjects: Sequence[SubjectId],
    position: Position,
    *,
    corrected: bool,
    rule: Rule | None = None,
) -> tuple[Sums, Sums]:
    """Sum the crowd's votes on tools or preferences in matchups by column, and the excluded ones by reason.

    Votes of people without an account are summed apart (`anonymous_ship` and so on), and also with the others
    if they count by the rule. A missing entry stands for a sum of 0.
    """
    crowd: Sums = defaultdict(Counter)
    excluded: Sums = defaultdict(Counter)
    if not subjects:
        return crowd, excluded
    if position == state.known:
        votes, anonymous, exclusions = await _present(state, ballots, subjects)
    else:
        votes, anonymous, exclusions = await _sums(state, ballots, subjects, position, corrected=corrected)
    for row in votes:
        crowd[row["subject_id"]].update({column: row[column] for column in ballots.columns})
    for row in anonymous:
        crowd[row["subject_id"]].update({"anonymous_" + column: row[column] for column in ballots.columns})
    rule = rule or state.rules.at(position)
    for subject_id in {row["subject_id"] for row in anonymous}:  # elsewhere all votes count
        sums = crowd[subject_id]
        for column in ballots.columns:
            sums[column] = rule.counted(sums[column], anonymous=sums["anonymous_" + column])
    for subject_id, reason, number in exclusions:
        excluded[subject_id][reason] += number
    return crowd, excluded


_Rows = tuple[list[Record], list[Record], list[Record]]
"""Votes, those of people without an account, and exclusions."""


async def _present(state: State, ballots: Ballots, subjects: Sequence[SubjectId]) -> _Rows:
    """Read the present counts, which takes the same time however long the history is."""
    fetch = state.connection.fetch
    return (
        await fetch(ballots.select, subjects),
        await fetch(ballots.select_anonymous, subjects),
        await fetch(sql.select_excluded, subjects),
    )


async def _sums(
    state: State, ballots: Ballots, subjects: Sequence[SubjectId], position: Position, *, corrected: bool
) -> _Rows:
    """Sum the cells before a position, and add the events of the last, incomplete cell from the log."""
    cell, after = cut(position)
    below = (subjects, cell, corrected)
    fetch = state.connection.fetch
    votes = await fetch(ballots.sum, *below)
    anonymous = await fetch(ballots.sum_anonymous, *below)
    exclusions = await fetch(sql.sum_exclusions, *below)
    if position > after:
        sides = (state.known, state.known) if corrected else (after, position)
        between = await fetch(sql.select_votes_between, subjects, after, position, *sides)
        anonymous += [row for row in between if row["anonymous"]]
        votes += between
        exclusions += await fetch(sql.select_exclusions_between, subjects, after, position, *sides)
    return votes, anonymous, exclusions
