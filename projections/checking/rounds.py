"""Goes through all subjects of the log and the read models, a few at a time; the only writer of `checks`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from events.ids import SubjectId
from events.log.connection import Connection, Pool
from projections.checking import sql
from projections.registry import MODELS

SUBJECTS_MAX: Final = 100
EVENTS_MAX: Final = 100_000
"""Events of the subjects checked together; a subject with more is checked alone."""

BEFORE_ALL: Final = SubjectId(-1)
SUBJECT_IDS: Final = 2**63

_SELECT_NEXT: Final = sql.select_next.format(
    tables=", ".join(
        f"(SELECT subject_id FROM {table} WHERE subject_id > $1 ORDER BY subject_id LIMIT 1)"  # noqa: S608 - a model's own
        for model in MODELS
        for table in model.tables
    )
)


class Few(Struct, frozen=True):
    """The next subjects, and where to go on after them; `ends` tells that the round ends here."""

    subjects: Sequence[SubjectId]
    reached: SubjectId
    ends: bool


class Checks(Struct, frozen=True):
    """The results of the checks so far.

    Attributes:
        reached: The subject that was checked last in this round.
        rounds: Complete ones, the last of them at `round_at`.
        drift: Subjects that differed from the log, the last of them at `drift_at`.
    """

    reached: SubjectId = BEFORE_ALL
    rounds: int = 0
    round_at: datetime | None = None
    drift: int = 0
    drift_at: datetime | None = None

    @property
    def share(self) -> float:
        """About how much of this round is done: ids are hashes, so they are spread evenly."""
        return (self.reached + 1) / SUBJECT_IDS


async def next_few(connection: Connection) -> Few:
    """Return the subjects whose turn it is."""
    row = await connection.fetchrow(sql.select_checks)
    reached = BEFORE_ALL if row is None else SubjectId(row["reached"])
    subjects: list[SubjectId] = []
    events = 0
    while len(subjects) < SUBJECTS_MAX:
        following = await connection.fetchval(_SELECT_NEXT, reached)
        if following is None:
            return Few(subjects, BEFORE_ALL, ends=True)
        events += await connection.fetchval(sql.count_some, following, EVENTS_MAX)
        if subjects and events > EVENTS_MAX:
            break
        reached = SubjectId(following)
        subjects.append(reached)
    return Few(subjects, reached, ends=False)


async def note_checked(connection: Connection, few: Few, *, drift: int) -> None:
    """Note that these are done, and how many of them differed."""
    await connection.execute(sql.move_checks, few.reached, int(few.ends), drift)


async def read_checks(pool: Pool) -> Checks:
    """Read the results of the checks so far."""
    row = await pool.fetchrow(sql.select_checks)
    if row is None:
        return Checks()
    return Checks(SubjectId(row["reached"]), row["rounds"], row["round_at"], row["drift"], row["drift_at"])
