"""The batches that ruled on a tool. `changes` tells what they changed."""

from datetime import datetime

from msgspec import Struct

from events.facts import EventRetracted, Reason
from events.ids import tool_subject
from events.log.connection import Pool
from events.moderation.ruling import Action
from projections.past import sql
from projections.past.changes import NEWEST


class Ruled(Struct, frozen=True):
    """A batch's rulings on one tool.

    Attributes:
        events: How many they are.
        recorded_at: Of the last of them.
    """

    batch: str
    action: Action
    reason: Reason
    events: int
    recorded_at: datetime


async def read_ruled(pool: Pool, slug: str, *, limit: int) -> list[Ruled]:
    """Read the last `limit` batches that ruled on a tool's votes or reviews, the newest first."""
    rows = await pool.fetch(sql.select_moderations, tool_subject(slug), *NEWEST, limit)
    return [
        Ruled(
            batch=row["batch"],
            action="retract" if row["type"] == EventRetracted.__name__ else "reinstate",
            reason=row["reason"],
            events=row["events"],
            recorded_at=row["recorded_at"],
        )
        for row in rows
    ]
