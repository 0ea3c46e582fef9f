"""The page cache: pages are kept for a moment, so that many readers share one look at the database."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from time import monotonic
from typing import Final, Generic, TypeVar

FRESH_S: Final = 1.0
FRESH_S_MAX: Final = 10.0
MAKING_SHARE: Final = 1 / 20
"""The largest share of time spent on making one page: a slow page is kept longer."""

KEPT_MAX: Final = 512

T = TypeVar("T")


class PageCache(Generic[T]):
    """Things that one process made. Each stays for at least `FRESH_S`; there are at most `KEPT_MAX`."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[T, float]] = OrderedDict()
        self._making: dict[Hashable, asyncio.Task[T]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Return the thing of this key, made unless it is fresh. Errors of making it are raised here.

        Args:
            key: Everything that the entry depends on, but time.
            make: Makes the entry. Requests that come meanwhile wait for the same one.
        """
        kept = self._kept.get(key)
        if kept is not None and monotonic() < kept[1]:
            return kept[0]
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.create_task(self._make(key, make))
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(task)

    async def renew(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Make an entry again even if it is fresh, and keep it: for a reader who has just changed it."""
        return await self._make(key, make)

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        began = monotonic()
        made = await make()
        ended = monotonic()
        fresh_s = min(FRESH_S_MAX, max(FRESH_S, (ended - began) / MAKING_SHARE))
        self._kept[key] = (made, ended + fresh_s)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)
        return made
