"""Limits votes without an account: they are counted in Redis for a while, by browser and by address.

Without Redis nothing is counted and every vote is taken: losing Redis must cost no more than lag.
"""

import contextlib
from typing import Any, Final

from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

from events.log.commands import Refusal
from service.pages.session.signer import Signer, to_text


class VoteLimit(Struct, frozen=True):
    """The most votes in a window of time, which begins with the first vote."""

    name: str
    most: int
    window_s: int


BY_BROWSER: Final = VoteLimit("browser", 20, 60)
BY_ADDRESS: Final = VoteLimit("address", 120, 60)
NEW_BROWSERS: Final = VoteLimit("new", 30, 600)
"""By address. An office or a school shares one, so it is more than a person needs."""


class TooManyVotesError(Refusal):
    """Votes without an account come too fast."""

    type = "too-many-requests"
    title = "Too many votes"
    status = 429

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            f"Votes without an account are limited. Try again in {retry_after_s} seconds, or sign in."
        )
        self.retry_after_s = retry_after_s


async def count_anonymous_vote(redis: Redis, signer: Signer, *, account: str, address: str) -> None:
    """Count a vote of a browser that has voted before.

    Raises:
        TooManyVotesError: the browser or its address has voted too often.
    """
    await _count(redis, signer, BY_BROWSER, account)
    await _count(redis, signer, BY_ADDRESS, address)


async def count_new_visitor(redis: Redis, signer: Signer, *, address: str) -> None:
    """Count the first vote of a browser.

    Raises:
        TooManyVotesError: too many first votes came from its address.
    """
    await _count(redis, signer, NEW_BROWSERS, address)
    await _count(redis, signer, BY_ADDRESS, address)


async def _count(redis: Redis, signer: Signer, limit: VoteLimit, of: str) -> None:
    # Signed, so that Redis never holds an address.
    key = f"ostraka:votes:{limit.name}:{to_text(signer.sign('limit', of))}"
    with contextlib.suppress(RedisError, OSError):
        pipeline: Any = redis.pipeline()  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
        pipeline.incr(key).expire(key, limit.window_s, nx=True).ttl(key)
        counted, _, left_s = await pipeline.execute()
        if counted > limit.most:
            raise TooManyVotesError(max(1, left_s))
