"""How many votes without an account are taken: counted in Redis for a while, by browser and by address.

Without Redis nothing is counted and votes are taken: it may vanish at any moment, and only lag may follow.
"""

import contextlib
from typing import Any, Final

from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

from events.log.commands import Refusal
from service.pages.session.signer import Signer, to_text


class Limit(Struct, frozen=True):
    """At most so many in so many seconds, from the first one on."""

    name: str
    most: int
    window_s: int


BY_BROWSER: Final = Limit("browser", 20, 60)
BY_ADDRESS: Final = Limit("address", 120, 60)
NEW_BROWSERS: Final = Limit("new", 30, 600)
"""By address. An office or a school shares one, so it is more than a person needs."""


class TooManyVotesError(Refusal):
    """Somebody without an account votes faster than people do."""

    type = "too-many-requests"
    title = "Too many votes"
    status = 429

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            f"Votes without an account are limited. Try again in {retry_after_s} seconds, or sign in."
        )
        self.retry_after_s = retry_after_s


async def count_anonymous_vote(redis: Redis, signer: Signer, *, account: str, address: str) -> None:
    """Count a vote by a browser that is known already.

    Raises:
        TooManyVotesError: it, or its address, has voted too often.
    """
    await _count(redis, signer, BY_BROWSER, account)
    await _count(redis, signer, BY_ADDRESS, address)


async def count_new_visitor(redis: Redis, signer: Signer, *, address: str) -> None:
    """Count a vote by a browser that is not known yet.

    Raises:
        TooManyVotesError: too many such came from its address.
    """
    await _count(redis, signer, NEW_BROWSERS, address)
    await _count(redis, signer, BY_ADDRESS, address)


async def _count(redis: Redis, signer: Signer, limit: Limit, of: str) -> None:
    # Sealed, so that no address stands anywhere, not even for a minute.
    key = f"ostraka:votes:{limit.name}:{to_text(signer.sign('limit', of))}"
    with contextlib.suppress(RedisError, OSError):
        pipeline: Any = redis.pipeline()  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
        pipeline.incr(key).expire(key, limit.window_s, nx=True).ttl(key)
        counted, _, left_s = await pipeline.execute()
        if counted > limit.most:
            raise TooManyVotesError(max(1, left_s))
