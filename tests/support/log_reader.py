"""Reads a service's log behind its back, each event once."""

import asyncio
from collections.abc import Sequence
from typing import Self

import asyncpg

from events.codec import Event
from events.ids import Position
from events.log.reader import follow, read_head


class LogReader:
    """All events of a log so far, for callers without an event loop of their own."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._runner = asyncio.Runner()
        self._events: list[Event] = []

    def __enter__(self) -> Self:
        """Connect."""
        self._connection = self._runner.run(asyncpg.connect(self._database_url))
        return self

    def __exit__(self, *_: object) -> None:
        """Disconnect."""
        self._runner.run(self._connection.close())
        self._runner.close()

    def events(self) -> Sequence[Event]:
        """Return every event there is by now, in order."""
        self._runner.run(self._catch_up())
        return self._events

    async def _catch_up(self) -> None:
        head = await read_head(self._connection)
        async for page in follow(self._connection, after=Position(len(self._events)), to=head):
            self._events += page
