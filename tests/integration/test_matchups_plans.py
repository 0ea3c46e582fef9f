"""An index finds the events that moderators ask for, however long the log is; counted in its pages."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID, uuid4

import pytest

from events.ids import Position, tool_subject
from events.log.browsing import look_back
from events.log.connection import Connection, Pool, create_pool
from events.log.describe import describe_page
from events.log.finding import Wanted
from events.log.story import read_story
from events.log.voter import read_voter
from events.moderation.batches import order_batch
from projections.preview.effects import preview
from tests.support.database import admin_connection, url_of
from tests.support.raw_log import Owner
from tests.support.rulings import an_order

TOOLS, VOTERS = 50, 5_000
VOTES, PREFERENCES, RULINGS = 300_000, 100_000, 900
HEAD = Position(VOTES + PREFERENCES + RULINGS)
RARE = f"tool-{TOOLS}"  # without votes, and the right one in three preferences
WITHDRAWALS = 1_000  # one in so many
PAGES_MAX = 1_500
BACK_PAGES_MAX = (
    3_000  # back from the end all rulings are met at once, and a tool's preferences asked for theirs
)
LIMIT = 10

LONG = "ostraka_long_template"
STATISTICS_STAY = "ALTER TABLE log.events SET (autovacuum_enabled = off)"
LIST_TOOL = """
INSERT INTO log.events (subject_id, position, recorded_at, version, schema, type, actor_id, data)
VALUES ($1, $2, now(), 1, 1, 'ToolListed', '00000000-0000-0000-0000-000000000000',
        jsonb_build_object('slug', $3::text))
"""
# Every fourth event is a preference. Voters go round, tools are drawn; the rare one is in three preferences.
FILL = f"""
INSERT INTO log.events (subject_id, position, recorded_at, previous, version, schema, type, actor_id, data)
SELECT subject_id, n, now(), lag(n) OVER stream, row_number() OVER stream, 1,
       CASE WHEN is_preference THEN 'Preference' ELSE 'Vote' END
           || CASE WHEN n % {WITHDRAWALS} < 2 THEN 'Withdrawn' ELSE 'Cast' END,
       lpad(voter::text, 32, '0')::uuid,
       CASE WHEN is_preference
           THEN jsonb_build_object('left', 'tool-' || a, 'right', 'tool-' || b,
                                   'context', 'c', 'winner', 'tie')
           ELSE '{{"choice": "ship"}}' END
FROM (
    SELECT n, is_preference, n % {VOTERS} AS voter, a, b,
           CASE WHEN is_preference THEN 1000 + a * 1000 + b ELSE ($1::bigint[])[a] END AS subject_id
    FROM generate_series($2::bigint, $3::bigint) AS n
    CROSS JOIN LATERAL (
        SELECT n % 4 = 0 AS is_preference, 1 + abs(hashint8(n)::bigint) % ({TOOLS} - 1) AS a,
               CASE WHEN n IN (40000, 200000, 320000) THEN {TOOLS}
                    ELSE 1 + abs(hashint8(n + {HEAD})::bigint) % ({TOOLS} - 1) END AS b
    ) AS drawn
) AS drawn
WINDOW stream AS (PARTITION BY subject_id, voter ORDER BY n)
"""  # noqa: S608 - numbers of this module
RULE = """
INSERT INTO log.events (subject_id, position, recorded_at, previous, version, schema, type, actor_id, data)
SELECT subject_id, $2 + row_number() OVER (ORDER BY position), now(), position, version + 100, 1,
       'EventRetracted', actor_id,
       jsonb_build_object('target', position, 'batch', 'b', 'reason', 'spam', 'note', '')
FROM log.events WHERE position = ANY ($1::bigint[])
"""
TOUCHED = """
SELECT coalesce(heap_blks_read + heap_blks_hit, 0) + coalesce(idx_blks_read + idx_blks_hit, 0)
FROM pg_statio_all_tables WHERE relid = 'log.events'::regclass
"""
PAGES = """
SELECT min(pg_relation_size(id::regclass) / 8192)
FROM unnest('{log.events, log.events_pkey}'::text[]) AS id
"""


@pytest.fixture(scope="session")
def template(server_url: str, template: str) -> str:
    """The name of a database with a long log, that each test's is copied from."""

    async def create() -> None:
        async with admin_connection(server_url) as connection:
            await connection.execute(f"CREATE DATABASE {LONG} TEMPLATE {template}")
        async with admin_connection(url_of(server_url, LONG)) as owner:
            await fill(owner)

    asyncio.run(create())
    return LONG


async def fill(owner: Owner) -> None:
    """Write many votes, preferences and retractions."""
    await owner.execute(STATISTICS_STAY)
    subjects = [tool_subject(f"tool-{number}") for number in range(1, TOOLS + 1)]
    for position, subject in enumerate(subjects, 1):
        await owner.execute(LIST_TOOL, subject, position, f"tool-{position}")
    await owner.execute(FILL, subjects, TOOLS + 1, VOTES + PREFERENCES)
    every = (VOTES + PREFERENCES) // RULINGS
    await owner.execute(RULE, [every * number for number in range(1, RULINGS + 1)], VOTES + PREFERENCES)
    await owner.execute("UPDATE log.head SET position = $1", HEAD)
    await owner.execute("VACUUM ANALYZE log.events")


@pytest.fixture
async def alone(database_url: str) -> AsyncGenerator[Pool]:
    """A pool of a single connection, whose pages can be counted."""
    async with create_pool(database_url, size_max=1) as pool:
        yield pool


async def touched(pool: Pool | Connection) -> int:
    """Count the pages of the log and its indexes that were ever looked at."""
    await pool.execute("SELECT pg_stat_force_next_flush()")
    return await pool.fetchval(TOUCHED)


VOTER = UUID(int=0x77)
ASKED: list[dict[str, Any]] = [
    {"tool": RARE},
    {"tool": "tool-1"},
    {"tool": "unknown"},
    {"tool": RARE, "type": "VoteCast"},
    {"tool": RARE, "type": "PreferenceCast"},
    {"tool": RARE, "type": "EventRetracted"},
    {"tool": "tool-1", "type": "PreferenceCast"},
    {"voter": VOTER},
    {"voter": uuid4()},
    {"voter": VOTER, "tool": "tool-1"},
    {"voter": VOTER, "type": "VoteCast"},
    {"voter": VOTER, "type": "PreferenceWithdrawn"},
    {"type": "VoteCast"},
    {"type": "VoteWithdrawn"},
    {"type": "PreferenceCast"},
    {"type": "PreferenceWithdrawn"},
    {"type": "ReviewSubmitted"},
    {"type": "EventRetracted"},
    {"type": "EventReinstated"},
    {"type": "ToolListed"},
    {"batch": uuid4()},
    {"batch": uuid4(), "tool": RARE},
]


async def test_no_page_of_events_is_looked_for_all_over_the_log(alone: Pool) -> None:
    assert await alone.fetchval("SELECT count(*) FROM log.events") == HEAD
    assert await alone.fetchval(PAGES) > PAGES_MAX
    found: dict[str, int] = {}
    for asked in ASKED:
        for after in map(Position, (0, HEAD // 2, HEAD - RULINGS // 3)):
            before = await touched(alone)
            wanted = Wanted(**asked)
            await describe_page(alone, after=after, to=HEAD, as_of=HEAD, wanted=wanted, limit=LIMIT)
            found[f"{asked} after {after}"] = await touched(alone) - before
    assert not {name: pages for name, pages in found.items() if not 0 < pages <= PAGES_MAX}


async def test_no_page_is_looked_for_all_over_the_log_newest_first(alone: Pool) -> None:
    assert await alone.fetchval(PAGES) > BACK_PAGES_MAX
    found: dict[str, int] = {}
    for asked in ASKED:
        for to in map(Position, (HEAD, HEAD // 2, RULINGS // 3)):
            for standing in (None, "retracted") if "type" not in asked else (None,):
                before = await touched(alone)
                await look_back(
                    alone,
                    after=Position(0),
                    to=to,
                    as_of=HEAD,
                    wanted=Wanted(**asked),
                    standing=standing,
                    limit=LIMIT,
                )
                found[f"{asked} {standing} from {to}"] = await touched(alone) - before
    assert not {name: pages for name, pages in found.items() if not 0 < pages <= BACK_PAGES_MAX}


async def test_one_story_and_one_voter_are_not_looked_for_all_over_the_log(alone: Pool) -> None:
    found: dict[str, int] = {}
    async with alone.acquire() as connection:
        for position in (40_000, HEAD // 2 + 1, HEAD):
            before = await touched(connection)
            assert await read_story(connection, Position(position), as_of=HEAD)
            found[f"the story of {position}"] = await touched(connection) - before
        for voter in (VOTER, uuid4()):
            before = await touched(connection)
            await read_voter(connection, voter, to=HEAD)
            found[f"the voter {voter}"] = await touched(connection) - before
    assert not {name: pages for name, pages in found.items() if not 0 < pages <= PAGES_MAX}


SELECTED: list[dict[str, Any]] = [
    {"tool": RARE},
    {"tool": RARE, "type": "PreferenceCast"},
    {"tool": "unknown"},
    {"voter": VOTER},
    {"voter": VOTER, "tool": "tool-1"},
    {"voter": VOTER, "type": "PreferenceCast"},
    {"voter": VOTER, "after_position": HEAD // 2},
    {"voter": uuid4()},
    {"type": "VoteWithdrawn", "after_position": HEAD - 20_000},
    {"type": "PreferenceWithdrawn", "after_position": HEAD - 20_000},
    {"type": "ReviewSubmitted"},
    {"type": "PreferenceCast", "after_position": 1_000, "before_position": 2_000},
    {"positions": [7, 4_000, HEAD]},
]


async def test_no_selection_is_looked_for_all_over_the_log(alone: Pool) -> None:
    assert await alone.fetchval(PAGES) > PAGES_MAX
    found: dict[str, int] = {}
    for select in SELECTED:
        before = await touched(alone)
        await order_batch(alone, an_order("retract", **select))
        found[str(select)] = await touched(alone) - before
    assert not {name: pages for name, pages in found.items() if not 0 < pages <= PAGES_MAX}


async def test_no_preview_is_looked_for_all_over_the_log(alone: Pool, owner: Owner) -> None:
    await owner.execute("UPDATE read.checkpoints SET position = $1", HEAD)
    found: dict[str, int] = {}
    for select in SELECTED:
        before = await touched(alone)
        await preview(alone, an_order("retract", **select))
        found[str(select)] = await touched(alone) - before
    assert not {name: pages for name, pages in found.items() if not 0 < pages <= PAGES_MAX}
