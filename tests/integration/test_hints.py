"""Hints over a real Valkey: they may be lost, they coalesce, and those who listen come back."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from events.hints import Publisher, listen
from tests.support.proxy import Door, open_door
from tests.support.valkey import connect_to, kill_subscribers, say

WAIT_S_MAX = 30


class Ear:
    """Listens on a channel of its own."""

    def __init__(self) -> None:
        self.channel = f"test:{uuid4().hex}"
        self.messages: asyncio.Queue[bytes] = asyncio.Queue()
        self.gaps: asyncio.Queue[None] = asyncio.Queue()

    @asynccontextmanager
    async def open(self, redis: Redis) -> AsyncGenerator["Ear"]:
        """Listen until the block ends; its start waits for the first connection."""
        task = asyncio.create_task(
            listen(redis, self.channel, self.messages.put_nowait, lambda: self.gaps.put_nowait(None))
        )
        try:
            await self.gap()
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def message(self) -> bytes:
        """Wait for the next message."""
        return await asyncio.wait_for(self.messages.get(), WAIT_S_MAX)

    async def gap(self) -> None:
        """Wait for the next gap."""
        await asyncio.wait_for(self.gaps.get(), WAIT_S_MAX)


@pytest.fixture
def ear() -> Ear:
    """Something to hear with."""
    return Ear()


@pytest.fixture
async def door(valkey_url: str, tmp_path: Path) -> AsyncGenerator[Door]:
    """A way to the server that can be closed."""
    async with open_door(Path(urlsplit(valkey_url).path), tmp_path / "valkey.sock") as door:
        yield door


@pytest.fixture
async def behind_door(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Redis]:
    """A client that reaches the server through the door, and tries again soon."""
    monkeypatch.setattr("events.hints.RECONNECT_S", 0.01)
    async with connect_to(f"unix://{tmp_path / 'valkey.sock'}") as client:
        yield client
    assert door.open


async def test_a_published_payload_is_heard(redis: Redis, ear: Ear) -> None:
    async with ear.open(redis), Publisher(redis, ear.channel) as publisher:
        publisher.publish(b"7")
        assert await ear.message() == b"7"


async def test_payloads_published_at_once_are_one_message_with_the_last(redis: Redis, ear: Ear) -> None:
    async with ear.open(redis), Publisher(redis, ear.channel) as publisher:
        for number in range(1_000):
            publisher.publish(b"%d" % number)
        assert await ear.message() == b"999"
        publisher.publish(b"done")
        assert await ear.message() == b"done"


async def test_payloads_published_while_one_is_on_its_way_replace_each_other(redis: Redis, ear: Ear) -> None:
    heard: list[bytes] = []
    async with ear.open(redis), Publisher(redis, ear.channel) as publisher:
        for number in range(2_000):
            publisher.publish(b"%d" % number)
            if number % 50 == 0:
                await asyncio.sleep(0)
        while not heard or heard[-1] != b"1999":
            heard.append(await ear.message())
    numbers = [int(message) for message in heard]
    assert numbers == sorted(set(numbers))
    assert len(numbers) < 200


async def test_a_publisher_outlives_the_server_being_down(
    behind_door: Redis, door: Door, redis: Redis, ear: Ear
) -> None:
    async with ear.open(redis), Publisher(behind_door, ear.channel) as publisher:
        publisher.publish(b"before")
        assert await ear.message() == b"before"
        door.open = False
        door.cut()
        for number in range(100):
            publisher.publish(b"lost %d" % number)
            await asyncio.sleep(0)
        await asyncio.wait_for(door.refused.wait(), WAIT_S_MAX)
        door.open = True
        message = b""
        for number in range(1_000):
            publisher.publish(b"after %d" % number)
            try:
                message = await asyncio.wait_for(ear.messages.get(), 0.05)
            except TimeoutError:
                continue
            if message.startswith(b"after"):
                break
        assert message.startswith(b"after")


async def test_leaving_a_publisher_that_reaches_nobody_does_not_hang(behind_door: Redis, door: Door) -> None:
    door.open = False
    async with asyncio.timeout(WAIT_S_MAX):
        async with Publisher(behind_door, "nobody") as publisher:
            publisher.publish(b"lost")
            await door.refused.wait()
    door.open = True


async def test_a_listener_whose_connection_was_killed_says_so_and_hears_again(redis: Redis, ear: Ear) -> None:
    async with ear.open(redis):
        for turn in range(3):
            await say(redis, ear.channel, b"%d" % turn)
            assert await ear.message() == b"%d" % turn
            await kill_subscribers(redis)
            await ear.gap()
        await say(redis, ear.channel, b"again")
        assert await ear.message() == b"again"


async def test_a_listener_waits_for_a_server_that_is_down_and_reports_one_gap(
    behind_door: Redis, door: Door, redis: Redis, ear: Ear
) -> None:
    async with ear.open(behind_door):
        door.open = False
        door.cut()
        await door.refused.wait()
        await say(redis, ear.channel, b"missed")
        door.open = True
        await ear.gap()
        await say(redis, ear.channel, b"heard")
        assert await ear.message() == b"heard"
        assert ear.gaps.empty()
