"""A log of any size: tools listed by the real writer, votes filled in by SQL, with a realistic spread."""

from typing import Final

from events.ids import subject_of, tool_subject
from events.log.connection import create_pool
from events.log.writer import Writer
from projections.catching_up import catch_up
from projections.install import migrate
from tests.benchmarks import sql
from tests.benchmarks.servers import Machine, owner
from tests.support.database import admin_connection, url_of
from tests.support.logs import list_tool

TOOLS: Final = 1_000
VOTERS_MIN: Final = 5_000
VOTES_A_VOTER: Final = 50


def slugs(count: int) -> list[str]:
    """Name tools, the most voted one first."""
    return [f"tool-{number:04}" for number in range(count)]


def accounts(count: int) -> list[str]:
    """Name voters."""
    return [f"voter-{number:07}" for number in range(count)]


async def fill(machine: Machine, *, events: int, tools: int = TOOLS) -> str:
    """Create a database with so many events, all folded, unless it is there; return its name."""
    name = f"log_{events}_{tools}"
    async with admin_connection(machine.server_url) as connection:
        if await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
            return name
        await connection.execute(f"CREATE DATABASE {name}")
    url = url_of(machine.server_url, name)
    await migrate(url)
    listed = slugs(min(tools, max(1, events // 2)))
    async with Writer(url, on_commit=lambda _: None) as writer:
        await writer.submit([list_tool(slug) for slug in listed])
    await _vote(url, listed, events=events)
    await _fold(url)
    return name


async def _fold(url: str) -> None:
    async with create_pool(url, size_max=1) as pool:
        async for _ in catch_up(pool):
            pass


async def _vote(url: str, tools: list[str], *, events: int) -> None:
    names = accounts(max(VOTERS_MIN, events // VOTES_A_VOTER))
    async with owner(url) as connection:
        await connection.execute("SET work_mem = '256MB'; SET synchronous_commit = off")
        await connection.copy_records_to_table(
            "accounts",
            schema_name="log",
            columns=("subject_id", "account"),
            records=[(subject_of("account", name), name) for name in names],
        )
        await connection.execute(sql.number_voters)
        await connection.execute(sql.create_tools)
        await connection.execute(sql.number_tools, [tool_subject(slug) for slug in tools])
        await connection.execute(sql.insert_votes, len(tools), len(names), events)
        # VACUUM settles only what is on disk; this commit takes along those before it.
        await connection.execute("SET synchronous_commit = on")
        await connection.execute(sql.move_head, events)
        await connection.execute("VACUUM ANALYZE")
