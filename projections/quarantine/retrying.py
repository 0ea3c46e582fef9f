"""Retries quarantined subjects: a new build may read what the one before could not."""

from typing import Final

import msgspec
from redis.asyncio import Redis

from events.hints import FOLDED, send
from events.ids import SubjectId
from events.log.audit import Author
from events.log.connection import Pool
from projections.quarantine.malformed import PoisonEvent
from projections.quarantine.refolding import refold
from projections.quarantine.register import due

SUBJECTS_MAX: Final = 20
"""Subjects retried in one sweep. No worker folds while one is retried."""

_encode: Final = msgspec.json.Encoder().encode


async def retry_due(pool: Pool, redis: Redis) -> None:
    """Retry the subjects that are due."""
    for subject_id in await due(pool, limit=SUBJECTS_MAX):
        await retry(pool, redis, subject_id)


async def retry(
    pool: Pool, redis: Redis, subject_id: SubjectId, *, by: Author | None = None
) -> PoisonEvent | None:
    """Fold a subject again and publish that it changed; return its poison event, if it still has one."""
    trouble = await refold(pool, subject_id, by=by)
    await send(redis, FOLDED, _encode([subject_id]))
    return trouble
