"""The preview of a rule over two years of votes, beside adding their history up by the week."""

import time
from typing import Final

from events.log.connection import Pool, create_pool
from events.log.writer import Writer
from projections.catching_up import catch_up
from projections.cells import CELL_EVENTS
from projections.install import migrate
from projections.preview.rules import preview_rule
from projections.rules.registry import rule_named
from tests.benchmarks import sql
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.log import TOOLS, slugs
from tests.benchmarks.rounds import in_turn
from tests.benchmarks.servers import Machine, owner
from tests.support.database import admin_connection, url_of
from tests.support.logs import list_tool

HOURS: Final = 2 * 365 * 24
PAGE_TOOLS: Final = 50
RULE: Final = rule_named("2026-12")


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure a preview's first page."""
    async with create_pool(await _fill(machine, events=setting.events), size_max=1) as pool:
        preview_s, sum_s = await in_turn(setting.rounds, lambda: _preview(pool), lambda: _sum_weeks(pool))
    return [
        Figure(
            group="rules",
            name=f"preview of a rule over two years, {TOOLS:,} tools",
            events=setting.events,
            value=preview_s * 1000,
            unit="ms",
            limit=sum_s * 1000,
            limit_name="adding the history up by the week",
            lower_is_better=True,
        )
    ]


async def _fill(machine: Machine, *, events: int) -> str:
    """Create a database whose history has so many votes, though its log has none, and return its URL."""
    name = f"rules_{events}"
    async with admin_connection(machine.server_url) as connection:
        await connection.execute(f"CREATE DATABASE {name}")
    url = url_of(machine.server_url, name)
    await migrate(url)
    async with Writer(url, on_commit=lambda _: None) as writer:
        await writer.submit([list_tool(slug) for slug in slugs(TOOLS)])
    async with create_pool(url, size_max=1) as pool:
        async for _ in catch_up(pool):
            pass
    async with owner(url) as connection:
        await connection.execute(sql.insert_history, events, HOURS, CELL_EVENTS)
        await connection.execute(sql.sum_history)
        await connection.execute("VACUUM ANALYZE")
    return url


async def _preview(pool: Pool) -> float:
    start = time.perf_counter()
    await preview_rule(pool, RULE, limit=PAGE_TOOLS)
    return time.perf_counter() - start


async def _sum_weeks(pool: Pool) -> float:
    start = time.perf_counter()
    await pool.execute(sql.sum_weeks)
    return time.perf_counter() - start
