"""Commands for tests, and a log to put them in."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from redis.asyncio import Redis

from events.facts import ToolEntry
from events.hints import APPENDED, Publisher
from events.log.commands import Answer, Command
from events.log.writer import Writer
from service.commands.catalogue import ListTool


@asynccontextmanager
async def open_writer(database_url: str) -> AsyncGenerator[Writer]:
    """Open a writer that tells nobody about its commits."""
    async with Writer(database_url, on_commit=lambda _: None) as writer:
        yield writer


@asynccontextmanager
async def told_writer(database_url: str, redis: Redis) -> AsyncGenerator[Writer]:
    """Open a writer that tells of its commits, as a process does."""
    async with (
        Publisher(redis, APPENDED) as appended,
        Writer(database_url, on_commit=lambda head: appended.publish(b"%d" % head)) as writer,
    ):
        yield writer


async def write(writer: Writer, *commands: Command) -> Sequence[Answer]:
    """Submit commands as one request and wait for their answers."""
    return await writer.submit(commands)


def list_tool(slug: str, *, name: str | None = None, category: str = "language-models") -> ListTool:
    """Order a tool to be listed."""
    return ListTool(
        ToolEntry(
            slug=slug,
            name=name or slug.title(),
            vendor="Acme",
            category=category,
            tagline="",
            description="",
            homepage="",
            pricing=None,
        )
    )
