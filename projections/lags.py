"""Tells how far the read models are behind the log."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from events.ids import Position
from events.log.connection import Pool
from projections import sql
from projections.registry import NAMES


class Lag(Struct, frozen=True):
    """How far a model is behind.

    Attributes:
        position: Events up to here are folded.
        events: Events that are not folded yet.
        waits_s: Seconds that the first of them has waited; 0 if there is none.
    """

    model: str
    position: Position
    events: int
    waits_s: float


class Lags(Struct, frozen=True):
    """The log's last position, when it was recorded (None: there is none), and every model's lag."""

    head: Position
    moved_at: datetime | None
    models: Sequence[Lag]


async def read_lags(pool: Pool) -> Lags:
    """Read how far every registered model is behind."""
    rows = await pool.fetch(sql.select_lags, NAMES)
    head = Position(rows[0]["head"])
    lags = [
        Lag(row["model"], Position(row["position"]), max(0, head - row["position"]), row["seconds"] or 0.0)
        for row in rows
    ]
    return Lags(head, rows[0]["moved_at"], lags)
