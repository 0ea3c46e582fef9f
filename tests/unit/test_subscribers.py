"""The events that wait for the subscribers of a score: the newest of each tool, and never two."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.ids import Position
from service.http.response import Response
from service.http.sse import SIGN_OF_LIFE
from service.live import subscribers
from service.live.score_cache import CachedScore
from service.live.subscribers import Subscriber, ToolSubscribers

SLUGS = ("hammer", "saw", "plane")


def score(position: int, etag: bytes, *, settled: bool = True) -> CachedScore:
    """Make a score whose document names what it is made of."""
    response = Response(b"%d %s" % (position, etag))
    return CachedScore(Position(position), settled, etag, response, not_modified=response, fresh_until=0.0)


def taken(tool: ToolSubscribers, *scores: CachedScore | None) -> list[bytes]:
    """Give a tool these scores in turn; return the events that its subscriber takes after each."""

    async def take(newest: CachedScore | None) -> bytes:
        tool.update(newest, now=0.0)
        for subscriber in tool.subscribers:
            subscriber.put("mark", b"|")
            return (await subscriber.take()).removesuffix(b"|")
        raise LookupError

    return [asyncio.run(take(score)) for score in scores]


@pytest.fixture
def tool() -> ToolSubscribers:
    """A tool with one subscriber."""
    tool = ToolSubscribers("hammer")
    tool.subscribers.add(Subscriber())
    return tool


@given(st.lists(st.one_of(st.sampled_from(SLUGS), st.none())))
def test_a_subscriber_takes_the_newest_of_each_tool_the_latest_last(puts: list[str | None]) -> None:
    async def play() -> None:
        subscriber = Subscriber()
        waiting: list[tuple[str, bytes]] = []
        for number, slug in enumerate(puts):
            if slug is not None:
                event = b"%d;" % number
                subscriber.put(slug, event)
                waiting = [(name, other) for name, other in waiting if name != slug] + [(slug, event)]
            elif waiting:
                assert await subscriber.take() == b"".join(event for _, event in waiting)
                waiting = []

    asyncio.run(play())


async def test_who_hears_nothing_for_long_gets_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribers, "SILENCE_S_MAX", 0.01)
    subscriber = Subscriber()
    assert [await subscriber.take() for _ in range(2)] == [SIGN_OF_LIFE, SIGN_OF_LIFE]
    subscriber.put("hammer", b"news")
    assert await subscriber.take() == b"news"


async def test_what_is_forgotten_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribers, "SILENCE_S_MAX", 0.01)
    subscriber = Subscriber()
    subscriber.put("hammer", b"old")
    subscriber.clear()
    assert await subscriber.take() == SIGN_OF_LIFE


def test_a_score_is_told_when_its_etag_changed_and_only_then(tool: ToolSubscribers) -> None:
    scores = [score(3, b"a"), score(5, b"a"), score(7, b"b"), score(7, b"c")]
    events = [b"id: 3\ndata: 3 a\n\n", b"", b"id: 7\ndata: 7 b\n\n", b"id: 7\ndata: 7 c\n\n"]
    assert taken(tool, *scores) == events
    assert tool.newest == scores[-1]


def test_a_score_from_memory_that_is_older_than_what_was_told_is_not_told(tool: ToolSubscribers) -> None:
    newer = score(7, b"b")
    assert taken(tool, newer, score(6, b"a")) == [b"id: 7\ndata: 7 b\n\n", b""]
    assert tool.newest == newer


def test_a_score_ahead_of_its_position_is_told_again_once_that_has_caught_up(tool: ToolSubscribers) -> None:
    early, settled = score(6, b"a", settled=False), score(7, b"a")
    told = taken(tool, early, early, settled, settled)
    assert told == [b"id: 6\ndata: 6 a\n\n", b"", b"id: 7\ndata: 7 a\n\n", b""]


def test_a_tool_that_is_not_listed_is_silent_and_unknown_until_it_is_listed_again(
    tool: ToolSubscribers,
) -> None:
    assert taken(tool, score(3, b"a"), None) == [b"id: 3\ndata: 3 a\n\n", b""]
    assert not tool.has_reached(Position(0))
    assert taken(tool, score(9, b"b")) == [b"id: 9\ndata: 9 b\n\n"]
    assert tool.has_reached(Position(9))
