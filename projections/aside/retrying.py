"""Tries the subjects that are set aside again: a new build may read what the one before could not."""

from typing import Final

import msgspec
from redis.asyncio import Redis

from events.hints import FOLDED, send
from events.ids import SubjectId
from events.log.audit import Author
from events.log.connection import Pool
from projections.aside.odd import Trouble
from projections.aside.refolding import refold
from projections.aside.register import due

SUBJECTS_MAX: Final = 20
"""Subjects tried in one sweep; nobody folds while one is."""

_encode: Final = msgspec.json.Encoder().encode


async def retry_due(pool: Pool, redis: Redis) -> None:
    """Fold the subjects anew whose pause is over."""
    for subject_id in await due(pool, limit=SUBJECTS_MAX):
        await retry(pool, redis, subject_id)


async def retry(
    pool: Pool, redis: Redis, subject_id: SubjectId, *, by: Author | None = None
) -> Trouble | None:
    """Fold a subject anew and tell who serves it; return what is wrong with it still."""
    trouble = await refold(pool, subject_id, by=by)
    await send(redis, FOLDED, _encode([subject_id]))
    return trouble
