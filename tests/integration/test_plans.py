"""The hot statements stay on the indexes, from an empty log to a large one, analysed or not."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

import projections.sql
from events.log import sql
from events.log.connection import Connection, Pool, connect
from projections.registry import MODELS
from tests.support.raw_log import Owner

EVENTS = 200_000
BIG = {"events", "accounts", "answers"}
FILL = """
INSERT INTO log.events (subject_id, position, recorded_at, version, schema, type, actor_id, data)
SELECT 1 + (n - 1) % 200, n, now(), 1 + (n - 1) / 100000, 1,
       CASE WHEN n % 1000 = 0 THEN 'ReviewSubmitted' WHEN n % 1000 = 1 THEN 'ToolListed' ELSE 'VoteCast' END,
       lpad(((n - 1) % 100000)::text, 32, '0')::uuid, '{"choice": "ship"}'
FROM generate_series(1, 200000) AS n;
INSERT INTO log.accounts (subject_id, account)
SELECT n, 'voter-' || n FROM generate_series(1, 50000) AS n;
INSERT INTO log.answers (subject_id, key, fingerprint, answers, recorded_at)
SELECT n % 100, 'key-' || n, '', '', now() FROM generate_series(1, 50000) AS n;
UPDATE log.head SET position = 200000;
"""
STATISTICS_STAY = "".join(f"ALTER TABLE log.{table} SET (autovacuum_enabled = off);" for table in BIG)
NUMBERS = range(1, 1_001)


def array(form: str) -> str:
    """Spell an array of a full batch's look-ups."""
    return "'{" + ",".join(form.format(number) for number in NUMBERS) + "}'"


WRITERS_STATEMENTS: Mapping[str, tuple[str, str]] = {
    # Name: types of its parameters, and arguments as a full batch has them.
    "select_streams": (
        "bigint[], uuid[], integer[]",
        f"{array('{}')}, {array('{:032}')}, {array('0')}",
    ),
    "select_voters": ("bigint[], text[]", f"{array('{}')}, {array('voter-{}')}"),
    "select_answers": (
        "bigint[], text[], timestamptz",
        f"{array('{}')}, {array('key-{}')}, now() - interval '1 day'",
    ),
    "select_events": ("bigint, bigint, bigint", "150000, 151000, 1000"),
}
RUNS_TO_A_GENERIC_PLAN = 6
SMALL_RANGES = ((EVENTS - 100, EVENTS), (EVENTS - 1_000, EVENTS), (EVENTS // 2, EVENTS // 2 + 200))


def scanned(plan: Mapping[str, Any]) -> set[str]:
    """Return the tables that a plan reads from end to end."""
    found = {plan["Relation Name"]} if plan["Node Type"] == "Seq Scan" else set[str]()
    for below in plan.get("Plans", []):
        found |= scanned(below)
    return found


async def explain(connection: Connection, execution: str) -> set[str]:
    """Return the big tables that an execution would read from end to end."""
    text = await connection.fetchval(f"EXPLAIN (FORMAT json) {execution}")
    return scanned(json.loads(text)[0]["Plan"]) & BIG


async def prepare_writers_statements(connection: Connection, prefix: str) -> dict[str, str]:
    """Prepare the append's look-ups and run them until their plans settle; return how to run each."""
    executions: dict[str, str] = {}
    for name, (types, arguments) in WRITERS_STATEMENTS.items():
        await connection.execute(f"PREPARE {prefix}_{name} ({types}) AS {getattr(sql, name)}")
        executions[name] = f"EXECUTE {prefix}_{name}({arguments})"
        for _ in range(RUNS_TO_A_GENERIC_PLAN):
            await connection.execute(executions[name])
    return executions


async def scans_of_folds(connection: Connection) -> dict[str, set[str]]:
    """Return what the folds of small ranges would read from end to end."""
    statements = {f"{model.name}-{n}": text for model in MODELS for n, text in enumerate(model.folds)}
    found: dict[str, set[str]] = {}
    for name, statement in statements.items():
        await connection.execute(f'PREPARE "{name}" (bigint, bigint) AS {statement}')
        for after, to in SMALL_RANGES:
            found[f"{name} {after}-{to}"] = await explain(connection, f'EXECUTE "{name}"({after}, {to})')
    await connection.execute(f"PREPARE range (bigint, bigint, text[]) AS {projections.sql.select_range}")
    for after, to in SMALL_RANGES:
        execution = f"EXECUTE range({after}, {to}, '{{VoteCast,VoteWithdrawn}}')"
        found[f"range {after}-{to}"] = await explain(connection, execution)
    return found


@pytest.mark.parametrize("analysed", [True, False], ids=["analysed", "with the statistics of an empty log"])
async def test_no_hot_statement_reads_a_large_log_from_end_to_end(
    database_url: str, pool: Pool, owner: Owner, *, analysed: bool
) -> None:
    writers = await connect(database_url)
    planned_empty = await prepare_writers_statements(writers, "empty")
    await owner.execute(STATISTICS_STAY)
    await owner.execute(FILL)
    if analysed:
        await owner.execute("ANALYZE")

    scans = {name: await explain(writers, execution) for name, execution in planned_empty.items()}
    assert not any(scans.values()), scans

    planned_full = await prepare_writers_statements(writers, "full")
    scans = {name: await explain(writers, execution) for name, execution in planned_full.items()}
    assert not any(scans.values()), scans
    await writers.close()

    async with pool.acquire() as connection:
        scans = await scans_of_folds(connection)
    assert not any(scans.values()), scans


async def test_a_scan_would_be_noticed(pool: Pool, owner: Owner) -> None:
    await owner.execute(FILL)
    async with pool.acquire() as connection:
        assert await explain(connection, "SELECT count(*) FROM log.events WHERE version > 1") == {"events"}
