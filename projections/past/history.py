"""A tool's counts over time: at the end of each hour, day or week with a vote, a review or a ruling."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from asyncpg import Record
from msgspec import Struct

from events.ids import Position, SubjectId, tool_subject
from events.log.connection import Pool
from projections.past import sql
from projections.past.moments import State, open_state
from projections.past.panel import Panel, read_panels
from projections.rules.rule import Rule
from projections.scores import Counts

Unit = Literal["hour", "day", "week"]
"""Length of a bucket. All begin in UTC; a week begins on Monday."""


class Bucket(Struct, frozen=True):
    """A tool's counts at the end of a bucket.

    Attributes:
        start: When the bucket begins.
        position: The position of its last event about the tool; the counts are exact there.
        rule: Current at that position.
        votes: Vote events in it, counting or not.
        published: As readers saw it then.
        corrected: The same votes and reviews by the rulings known now.
    """

    start: datetime
    position: Position
    rule: Rule
    votes: int
    published: Counts
    corrected: Counts


class ScoreHistory(Struct, frozen=True):
    """A tool's history, up to `position`."""

    position: Position
    buckets: list[Bucket]


async def read_history(pool: Pool, slug: str, *, unit: Unit) -> ScoreHistory:
    """Read a tool's history from its first vote or review, in order, without empty buckets."""
    async with open_state(pool) as state:
        subject_id = tool_subject(slug)
        panel = (await read_panels(state, [subject_id]))[subject_id]
        return ScoreHistory(state.known, await buckets(state, subject_id, panel, unit=unit))


async def buckets(state: State, subject_id: SubjectId, panel: Panel, *, unit: Unit) -> list[Bucket]:
    """Add a tool's changes up, bucket by bucket."""
    votes = await state.connection.fetch(sql.select_vote_buckets, subject_id, unit)
    exclusions = await state.connection.fetch(sql.select_exclusion_buckets, subject_id, unit)
    anonymous = await state.connection.fetch(sql.select_anonymous_buckets, subject_id, unit)
    changes = {row["start"]: row for row in votes}
    apart = {row["start"]: row for row in anonymous}
    ends = {row["start"]: Position(row["position"]) for row in votes}
    for said in panel.said:
        start = start_of(said.recorded_at, unit)
        ends[start] = max(said.position, ends.get(start, Position(0)))
    excluded: dict[datetime, list[Record]] = {}
    for row in exclusions:
        excluded.setdefault(row["start"], []).append(row)

    found: list[Bucket] = []
    published: Counter[str] = Counter()
    corrected: Counter[str] = Counter()
    for start in sorted(ends):
        if row := changes.get(start):
            published.update(ship=row["ship"], skip=row["skip"])
            corrected.update(ship=row["corrected_ship"], skip=row["corrected_skip"])
        if row := apart.get(start):
            published.update(anonymous_ship=row["ship"], anonymous_skip=row["skip"])
            corrected.update(anonymous_ship=row["corrected_ship"], anonymous_skip=row["corrected_skip"])
        for each in excluded.get(start, ()):
            published[_REASON + each["reason"]] += each["votes"]
            corrected[_REASON + each["reason"]] += each["corrected_votes"]
        end = ends[start]
        found.append(
            Bucket(
                start,
                end,
                state.rules.at(end),
                changes[start]["events"] if start in changes else 0,
                _counts(published, panel.count(at=end, known=end), state.rules.at(end)),
                _counts(corrected, panel.count(at=end, known=state.known), state.rules.at(end)),
            )
        )
    return found


_REASON = "excluded for "


def start_of(time: datetime, unit: Unit) -> datetime:
    """Return when the bucket that holds a time begins."""
    hour = time.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if unit == "hour":
        return hour
    day = hour.replace(hour=0)
    return day if unit == "day" else day - timedelta(days=day.weekday())


def _counts(sums: Counter[str], verdicts: Sequence[int], rule: Rule) -> Counts:
    return Counts(
        panel_ship=verdicts[0],
        panel_skip=verdicts[1],
        ship=rule.counted(sums["ship"], anonymous=sums["anonymous_ship"]),
        skip=rule.counted(sums["skip"], anonymous=sums["anonymous_skip"]),
        anonymous_ship=sums["anonymous_ship"],
        anonymous_skip=sums["anonymous_skip"],
        excluded={
            name.removeprefix(_REASON): votes
            for name, votes in sums.items()
            if name.startswith(_REASON) and votes
        },
    )
