"""Why a tool's score changed, newest first: bursts of votes and batches of rulings. Voters are never named.

Each score is made by the rule that was current at its position, so a change may hold one of rules, too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from events.facts import EventRetracted, Reason
from events.ids import Position, SubjectId, tool_subject
from events.log.connection import Pool
from projections.past import sql
from projections.past.counts import count_at
from projections.past.history import buckets
from projections.past.moments import State, open_state
from projections.past.panel import Panel, read_panels
from projections.scores import Counts, Score, score_of

CHANGES_MAX: Final = 100
"""Changes on a page: a batch of rulings costs two looks at the log."""

Cursor = tuple[Position, str]
"""The place of a change: the position of its last event, and the id of its batch ("" for a burst)."""

NEWEST: Final[Cursor] = (Position(2**62), "")


class Burst(Struct, frozen=True, tag_field="kind", tag="votes", kw_only=True):
    """The votes of an hour. The scores are those at the hour's ends, with all else that happened in it.

    Attributes:
        votes: Vote events: votes cast, changed and withdrawn.
        position: Of the hour's last event about the tool.
    """

    hour: datetime
    votes: int
    position: Position
    before: Score
    after: Score


class RulingsChange(Struct, frozen=True, tag_field="kind", tag="moderation", kw_only=True):
    """The rulings of a batch on this tool.

    Attributes:
        events: Rulings.
        recorded_at: Of the last ruling.
        before: The score just before the first ruling.
        after: The score at the last one, with all else that happened in between.
    """

    batch: str
    action: Literal["retract", "reinstate"]
    reason: Reason
    events: int
    first_position: Position
    last_position: Position
    recorded_at: datetime
    before: Score
    after: Score


class Changes(Struct, frozen=True):
    """A page of changes, newest first; `next` is where to go on, None at the end."""

    changes: list[Burst | RulingsChange]
    next: Cursor | None


async def read_changes(pool: Pool, slug: str, *, before: Cursor = NEWEST, limit: int) -> Changes:
    """Read up to `limit` changes of a tool's score, at most `CHANGES_MAX`, that stand before the cursor."""
    limit = min(limit, CHANGES_MAX)
    async with open_state(pool) as state:
        subject_id = tool_subject(slug)
        panel = (await read_panels(state, [subject_id]))[subject_id]
        found = [
            *await _bursts(state, subject_id, slug, panel, before=before, limit=limit + 1),
            *await _batches(state, subject_id, slug, panel, before=before, limit=limit + 1),
        ]
    found.sort(key=_place, reverse=True)
    page = found[:limit]
    return Changes(page, _place(page[-1]) if len(found) > limit and page else None)


def _place(change: Burst | RulingsChange) -> Cursor:
    return (change.position, "") if isinstance(change, Burst) else (change.last_position, change.batch)


async def _bursts(
    state: State, subject_id: SubjectId, slug: str, panel: Panel, *, before: Cursor, limit: int
) -> Sequence[Burst]:
    hours = await buckets(state, subject_id, panel, unit="hour")
    found: list[Burst] = []
    position, counts = Position(0), Counts()
    for hour in hours:
        if hour.votes and (hour.position, "") < before:
            found.append(
                Burst(
                    hour=hour.start,
                    votes=hour.votes,
                    position=hour.position,
                    before=score_of(slug, position, counts, state.rules.at(position)),
                    after=score_of(slug, hour.position, hour.published, hour.rule),
                )
            )
        position, counts = hour.position, hour.published
    return found[-limit:]


async def _batches(
    state: State, subject_id: SubjectId, slug: str, panel: Panel, *, before: Cursor, limit: int
) -> Sequence[RulingsChange]:
    rows = await state.connection.fetch(sql.select_moderations, subject_id, *before, limit)
    found: list[RulingsChange] = []
    for batch, type_, reason, events, first, last, recorded_at in rows:
        scores: list[Score] = []
        for position in (Position(first - 1), Position(last)):
            counts = await count_at(state, {subject_id: panel}, position=position)
            scores.append(score_of(slug, position, counts[subject_id], state.rules.at(position)))
        found.append(
            RulingsChange(
                batch=batch,
                action="retract" if type_ == EventRetracted.__name__ else "reinstate",
                reason=reason,
                events=events,
                first_position=first,
                last_position=last,
                recorded_at=recorded_at,
                before=scores[0],
                after=scores[1],
            )
        )
    return found
