"""A reader that follows the log while eight writers in two processes append to it.

That this test can fail was tried: with the advisory lock taken out of what `lock_and_look.sql` calls,
the first test failed, since writers handed out the same positions: 1, 2, 2, 2, 3, 3 … up to 10,791 in
place of 52,001. With a row lock on log.head in its place it passes, on one Postgres.
"""

import asyncio

from events.codec import Event
from events.facts import VoteCast
from events.ids import Position
from events.log.connection import Pool
from events.log.reader import PAGE_EVENTS_MAX, follow, read_head, read_page
from tests.support.flood import flood
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner

PROCESSES, WRITERS, REQUESTS, COMMANDS = 2, 4, 50, 130
EVENTS = PROCESSES * WRITERS * REQUESTS * COMMANDS  # 52,000


class Follower:
    """Follows the log from its start: everything it saw, in the order it saw it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.seen: list[Event] = []
        self.pages = 0

    async def follow(self, writers: "asyncio.Future[list[list[int]]]") -> None:
        """Read page after page until the writers are done and their last event was read."""
        after = Position(0)
        async with self._pool.acquire() as connection:
            done = False
            while not done:
                done = writers.done()
                head = await read_head(connection)
                while after < head:
                    page = await read_page(connection, after=after, to=head)
                    assert page, f"nothing between {after} and the head {head}"
                    self.seen += page
                    self.pages += 1
                    after = page[-1].position


async def test_a_reader_behind_eight_writers_sees_every_event_once_and_in_order(
    database_url: str, pool: Pool, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
    writers = asyncio.gather(
        *[
            flood(database_url, names=str(process), writers=WRITERS, requests=REQUESTS, commands=COMMANDS)
            for process in range(PROCESSES)
        ]
    )
    follower = Follower(pool)
    following = asyncio.create_task(follower.follow(writers))
    told = [position for some in await writers for position in some]
    await following

    assert [event.position for event in follower.seen] == list(range(1, EVENTS + 2))
    assert sorted(told) == list(range(2, EVENTS + 2))
    assert follower.pages > EVENTS // PAGE_EVENTS_MAX, "the reader was never amid the writers"
    rows = await owner.fetch(
        "SELECT position, subject_id, actor_id, version FROM log.events ORDER BY position"
    )
    assert [(e.position, e.subject_id, e.actor_id, e.version) for e in follower.seen] == [
        tuple(row) for row in rows
    ]
    versions: dict[object, int] = {}
    for event in follower.seen[1:]:
        assert isinstance(event.fact, VoteCast)
        assert event.version == versions.get(event.actor_id, 0) + 1
        versions[event.actor_id] = event.version
    assert len(versions) == PROCESSES * WRITERS * COMMANDS


async def test_following_a_range_gives_it_page_by_page(database_url: str, pool: Pool) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await flood(database_url, names="some", writers=1, requests=5, commands=500)
    async with pool.acquire() as connection:
        pages = [page async for page in follow(connection, after=Position(100), to=Position(2_400))]
        nothing = [page async for page in follow(connection, after=Position(9), to=Position(9))]
    assert [len(page) for page in pages] == [1_000, 1_000, 300]
    assert [event.position for page in pages for event in page] == list(range(101, 2_401))
    assert nothing == []
