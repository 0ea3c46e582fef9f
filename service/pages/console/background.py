"""The work in the background, read all at once for the overview."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from events.log.audit import AuditEntry, read_audit
from events.log.connection import Pool
from events.moderation.batches import Batch, read_batch, read_batches
from events.moderation.running import running_batches
from projections.checking.rounds import Checks, read_checks
from projections.lags import Lags, read_lags
from projections.quarantine.register import count_quarantined
from projections.ratings.storing import StoredFit, is_due, read_fits
from projections.rebuilding.replays import Replay, read_going_on, read_replays
from projections.registry import NAMES

NEWEST_MAX: Final = 5
RUNNING_MAX: Final = 10
"""Batches shown with their progress, those first that have run the longest."""


class Work(Struct, frozen=True, kw_only=True):
    """The work in the background.

    Attributes:
        is_due: Whether ratings are to be fitted anew.
        aside: Subjects set aside.
        going_on: Replays that run or are ready.
        replays: The newest, in any state; `batches` too.
        running: Batches.
        deeds: What moderators and admins did last.
    """

    lags: Lags
    is_due: bool
    fits: Sequence[StoredFit]
    checks: Checks
    aside: int
    going_on: Sequence[Replay]
    replays: Sequence[Replay]
    running: Sequence[Batch]
    batches: Sequence[Batch]
    deeds: Sequence[AuditEntry]


async def read_work(pool: Pool) -> Work:
    """Read all of it."""
    return Work(
        lags=await read_lags(pool),
        is_due=await is_due(pool),
        fits=await read_fits(pool),
        checks=await read_checks(pool),
        aside=await count_quarantined(pool),
        going_on=await read_going_on(pool, NAMES),
        replays=await read_replays(pool, before=None, limit=NEWEST_MAX),
        running=await _read_running(pool),
        batches=await read_batches(pool, before=None, limit=NEWEST_MAX),
        deeds=await read_audit(pool, limit=NEWEST_MAX),
    )


async def _read_running(pool: Pool) -> Sequence[Batch]:
    ids = (await running_batches(pool))[:RUNNING_MAX]
    return [batch for id_ in ids if (batch := await read_batch(pool, id_))]
