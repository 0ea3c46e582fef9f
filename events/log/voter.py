"""Everything that one pseudonym voted, and which of it counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from events.facts import EventRetracted
from events.ids import Position, SubjectId
from events.kinds import WITHDRAWALS, names_of
from events.log import sql
from events.log.connection import Connection

EVENTS_MAX: Final = 50_000
"""If there are more, the newest are read. Rulings are counted as events."""

_RULINGS: Final = frozenset[str](names_of("ruling"))


class VoterEvent(Struct, frozen=True, kw_only=True):
    """A vote or preference, or a withdrawal of one.

    Attributes:
        subject_id: The tool or the matchup.
        choice: Ship or skip; in a matchup left, right or tie. None for a withdrawal.
        anonymous: Whether the voter has no account.
        recorded_at: None if Python cannot represent the time.
        retracted: Whether the last ruling on it is a retraction.
    """

    position: Position
    subject_id: SubjectId
    type: str
    choice: str | None
    anonymous: bool
    recorded_at: datetime | None
    retracted: bool


class VoterRecord(Struct, frozen=True):
    """A voter's events, newest first; `whole` unless there are too many, and the oldest are left out."""

    said: Sequence[VoterEvent]
    whole: bool

    def standing(self) -> list[VoterEvent]:
        """Return the votes and preferences that count, newest first: the last of each ballot that does."""
        last: dict[SubjectId, VoterEvent] = {}
        for each in self.said:
            if not each.retracted:
                last.setdefault(each.subject_id, each)
        return [each for each in last.values() if each.type not in WITHDRAWALS]


async def read_voter(connection: Connection, voter: UUID, *, to: Position) -> VoterRecord:
    """Read the votes of a voter up to a position; an unknown voter has none."""
    rows = await connection.fetch(sql.select_voter_events, voter, to, EVENTS_MAX)
    retracted: dict[int, bool] = {}
    for row in rows:
        if row["target"] is not None:
            retracted.setdefault(row["target"], row["type"] == EventRetracted.__name__)
    said = [
        VoterEvent(
            position=Position(row["position"]),
            subject_id=SubjectId(row["subject_id"]),
            type=row["type"],
            choice=row["choice"],
            anonymous=row["anonymous"],
            recorded_at=row["recorded_at"],
            retracted=retracted.get(row["position"], False),
        )
        for row in rows
        if row["type"] not in _RULINGS
    ]
    return VoterRecord(said, whole=len(rows) < EVENTS_MAX)
