"""What is on its way to the listeners of a score: the newest document of each tool, and never two."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.ids import Position
from service.http.response import Response
from service.http.sse import SIGN_OF_LIFE
from service.live import subscribers
from service.live.score_cache import Shown
from service.live.subscribers import Subscriber, ToolSubscribers

SLUGS = ("hammer", "saw", "plane")


def shown(position: int, etag: bytes, *, settled: bool = True) -> Shown:
    """Make a score whose document names what it is made of."""
    answer = Response(b"%d %s" % (position, etag))
    return Shown(Position(position), settled, etag, answer, unchanged=answer, fresh_until=0.0)


def laid_ready(tool: ToolSubscribers, *scores: Shown | None) -> list[bytes]:
    """Let an audience learn of scores, and take what its listener is told of each."""

    async def take(score: Shown | None) -> bytes:
        tool.learn(score, now=0.0)
        for listener in tool.listeners:
            listener.put("mark", b"|")
            return (await listener.take()).removesuffix(b"|")
        raise LookupError

    return [asyncio.run(take(score)) for score in scores]


@pytest.fixture
def tool() -> ToolSubscribers:
    """A tool with one listener."""
    tool = ToolSubscribers("hammer")
    tool.listeners.add(Subscriber())
    return tool


@given(st.lists(st.one_of(st.sampled_from(SLUGS), st.none())))
def test_a_listener_takes_the_newest_of_each_tool_the_latest_last(puts: list[str | None]) -> None:
    async def play() -> None:
        listener = Subscriber()
        waiting: list[tuple[str, bytes]] = []
        for number, slug in enumerate(puts):
            if slug is not None:
                event = b"%d;" % number
                listener.put(slug, event)
                waiting = [(name, other) for name, other in waiting if name != slug] + [(slug, event)]
            elif waiting:
                assert await listener.take() == b"".join(event for _, event in waiting)
                waiting = []

    asyncio.run(play())


async def test_who_hears_nothing_for_long_gets_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribers, "SILENCE_S_MAX", 0.01)
    listener = Subscriber()
    assert [await listener.take() for _ in range(2)] == [SIGN_OF_LIFE, SIGN_OF_LIFE]
    listener.put("hammer", b"news")
    assert await listener.take() == b"news"


async def test_what_is_forgotten_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribers, "SILENCE_S_MAX", 0.01)
    listener = Subscriber()
    listener.put("hammer", b"old")
    listener.clear()
    assert await listener.take() == SIGN_OF_LIFE


def test_a_score_is_told_when_its_etag_changed_and_only_then(tool: ToolSubscribers) -> None:
    scores = [shown(3, b"a"), shown(5, b"a"), shown(7, b"b"), shown(7, b"c")]
    events = [b"id: 3\ndata: 3 a\n\n", b"", b"id: 7\ndata: 7 b\n\n", b"id: 7\ndata: 7 c\n\n"]
    assert laid_ready(tool, *scores) == events
    assert tool.shown == scores[-1]


def test_a_score_from_memory_that_is_older_than_what_was_told_is_not_told(tool: ToolSubscribers) -> None:
    newer = shown(7, b"b")
    assert laid_ready(tool, newer, shown(6, b"a")) == [b"id: 7\ndata: 7 b\n\n", b""]
    assert tool.shown == newer


def test_a_score_ahead_of_its_position_is_told_again_once_that_has_caught_up(tool: ToolSubscribers) -> None:
    early, settled = shown(6, b"a", settled=False), shown(7, b"a")
    told = laid_ready(tool, early, early, settled, settled)
    assert told == [b"id: 6\ndata: 6 a\n\n", b"", b"id: 7\ndata: 7 a\n\n", b""]


def test_a_tool_that_is_not_listed_is_silent_and_unknown_until_it_is_listed_again(
    tool: ToolSubscribers,
) -> None:
    assert laid_ready(tool, shown(3, b"a"), None) == [b"id: 3\ndata: 3 a\n\n", b""]
    assert not tool.has_seen(Position(0))
    assert laid_ready(tool, shown(9, b"b")) == [b"id: 9\ndata: 9 b\n\n"]
    assert tool.has_seen(Position(9))
