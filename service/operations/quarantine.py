"""From a moderator's wish to try a subject again that is set aside, to what came of it."""

from typing import Final

from redis.asyncio import Redis

from events.ids import SubjectId
from events.log.audit import Author
from events.log.connection import Pool
from projections.quarantine.register import Aside, read_quarantined
from projections.quarantine.retrying import retry
from service.commands.refusals import NotQuarantinedError

SUBJECT_MAX: Final = 2**63 - 1
DIGITS_MAX: Final = 19


async def find_quarantined(pool: Pool, subject: str) -> Aside:
    """Read why a subject, named by its digits, is set aside.

    Raises:
        NotQuarantinedError: it is not, or there is none of this name.
    """
    digits = subject.isascii() and subject.isdigit() and len(subject) <= DIGITS_MAX
    aside = None
    if digits and int(subject) <= SUBJECT_MAX:
        aside = await read_quarantined(pool, SubjectId(int(subject)))
    if aside is None:
        raise NotQuarantinedError(subject)
    return aside


async def try_again(pool: Pool, redis: Redis, subject: str, *, by: Author) -> Aside | None:
    """Fold a subject anew at once; return what is wrong with it still.

    Raises:
        NotQuarantinedError: it is not set aside, or there is none of this name.
    """
    await find_quarantined(pool, subject)
    subject_id = SubjectId(int(subject))
    await retry(pool, redis, subject_id, by=by)
    return await read_quarantined(pool, subject_id)
