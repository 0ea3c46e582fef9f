"""The page cache makes a page once for all who ask, again after a moment, and keeps a bounded number."""

import asyncio

import pytest

from service.pages.rendering import page_cache
from service.pages.rendering.page_cache import FRESH_S, FRESH_S_MAX, KEPT_MAX, MAKING_SHARE, PageCache


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Maker:
    """Makes 1, 2, 3 …, each in so many seconds of the clock's."""

    def __init__(self, clock: Clock, seconds: float = 0.0) -> None:
        self.made = 0
        self._clock = clock
        self._seconds = seconds

    async def __call__(self) -> int:
        await asyncio.sleep(0)
        self._clock.now += self._seconds
        self.made += 1
        return self.made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that the shelf goes by."""
    clock = Clock()
    monkeypatch.setattr(page_cache, "monotonic", clock)
    return clock


async def test_who_asks_at_once_gets_one_and_the_same(clock: Clock) -> None:
    kept, make = PageCache[int](), Maker(clock)
    assert await asyncio.gather(*(kept.get("page", make) for _ in range(9))) == [1] * 9


async def test_a_thing_is_kept_while_it_is_fresh_and_made_anew_then(clock: Clock) -> None:
    kept, make = PageCache[int](), Maker(clock)
    await kept.get("page", make)
    clock.now += FRESH_S * 0.9
    assert await kept.get("page", make) == 1
    clock.now += FRESH_S * 0.2
    assert await kept.get("page", make) == 2


async def test_what_somebody_knows_to_have_changed_is_made_anew_for_all(clock: Clock) -> None:
    kept, make = PageCache[int](), Maker(clock)
    await kept.get("page", make)
    assert await kept.renew("page", make) == 2
    assert await kept.get("page", make) == 2


@pytest.mark.parametrize(("seconds", "fresh_s"), [(0.2, 0.2 / MAKING_SHARE), (FRESH_S_MAX, FRESH_S_MAX)])
async def test_what_takes_long_to_make_is_kept_longer(clock: Clock, seconds: float, fresh_s: float) -> None:
    kept, make = PageCache[int](), Maker(clock, seconds)
    await kept.get("page", make)
    clock.now += fresh_s * 0.9
    assert await kept.get("page", make) == 1
    clock.now += fresh_s * 0.2
    assert await kept.get("page", make) == 2


async def test_things_of_different_keys_are_different(clock: Clock) -> None:
    kept, make = PageCache[int](), Maker(clock)
    assert [await kept.get(key, make) for key in ("a", "b", "a")] == [1, 2, 1]


async def test_the_oldest_makes_way(clock: Clock) -> None:
    kept, make = PageCache[int](), Maker(clock)
    for key in range(KEPT_MAX + 1):
        await kept.get(key, make)
    assert await kept.get(KEPT_MAX, make) == KEPT_MAX + 1
    assert await kept.get(0, make) == KEPT_MAX + 2


async def test_a_failure_is_told_to_all_who_wait_and_not_kept(clock: Clock) -> None:
    kept, make = PageCache[int](), Maker(clock)

    async def fail() -> int:
        await asyncio.sleep(0)
        raise LookupError

    found = await asyncio.gather(*(kept.get("page", fail) for _ in range(3)), return_exceptions=True)
    assert [type(each) for each in found] == [LookupError] * 3
    assert await kept.get("page", make) == 1


async def test_who_gives_up_waiting_takes_it_from_nobody_else(clock: Clock) -> None:
    kept, make = PageCache[int](), Maker(clock)
    impatient = asyncio.create_task(kept.get("page", make))
    patient = asyncio.create_task(kept.get("page", make))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == 1
