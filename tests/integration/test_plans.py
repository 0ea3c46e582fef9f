"""The hot statements stay on the indexes, from an empty log to a large one, analysed or not."""

import json
from collections.abc import Mapping
from typing import Any

import asyncpg
import pytest

import projections.quarantine.sql
import projections.sql
from events.log import sql
from events.log.connection import SESSION, Connection, Pool, connect
from projections.cells import CELL_EVENTS
from projections.community import COMMUNITY
from projections.model import Step
from projections.registry import MODELS
from tests.support.raw_log import Owner

EVENTS = 200_000
BIG = {"events", "accounts", "answers"}
BEGIN_SMALL = """
INSERT INTO log.events (subject_id, position, recorded_at, previous, version, schema, type, actor_id, data)
SELECT 1 + (n - 1) % 200, n, now(), CASE WHEN n > 100000 THEN n - 100000 END, 1 + (n - 1) / 100000, 1,
       CASE WHEN n % 1000 = 0 THEN 'ReviewSubmitted' WHEN n % 1000 = 1 THEN 'ToolListed' ELSE 'VoteCast' END,
       lpad(((n - 1) % 100000)::text, 32, '0')::uuid, '{"choice": "ship"}'
FROM generate_series(1, 20) AS n;
INSERT INTO log.accounts (subject_id, account)
SELECT n, 'voter-' || n FROM generate_series(1, 20) AS n;
INSERT INTO log.answers (subject_id, key, fingerprint, answers, recorded_at)
SELECT n % 100, 'key-' || n, '', '', now() FROM generate_series(1, 20) AS n;
"""
GROW = BEGIN_SMALL.replace("(1, 20)", "(21, 200000)")
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


def workers(plan: Mapping[str, Any]) -> int:
    """Return how many processes a plan would start beside its own."""
    return plan.get("Workers Planned", 0) + sum(workers(below) for below in plan.get("Plans", []))


def uses(plan: Mapping[str, Any], index: str) -> int:
    """Return how often a plan reads an index."""
    own = plan.get("Index Name") == index
    return own + sum(uses(below, index) for below in plan.get("Plans", []))


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
    statements = {f"{model.name}-{n}": step for model in MODELS for n, step in enumerate(model.steps)}
    statements |= {f"{name}-keys": Step((), step.keys) for name, step in statements.items() if step.keys}
    statements["census"] = Step((), projections.sql.scan_range)
    statements["odd"] = Step((), projections.quarantine.sql.select_malformed)
    found: dict[str, set[str]] = {}
    for name, step in statements.items():
        types = "bigint, bigint" + ", bigint" * step.in_cells + ", bigint[], uuid[]" * bool(step.keys)
        others = ", 65536" * step.in_cells + f", {array('{}')}, {array('{:032}')}" * bool(step.keys)
        await connection.execute(f'PREPARE "{name}" ({types}) AS {step.statement}')
        for after, to in SMALL_RANGES:
            execution = f'EXECUTE "{name}"({after}, {to}{others})'
            found[f"{name} {after}-{to}"] = await explain(connection, execution)
    return found


async def grow(owner: Owner, *, analysed: bool) -> None:
    """Let the log become large, with its own statistics or with those of its first days."""
    await owner.execute(GROW)
    if analysed:
        await owner.execute("ANALYZE")


@pytest.fixture
async def small(owner: Owner) -> Owner:
    """The owner of a log in its first days, whose statistics say how small it is."""
    await owner.execute(STATISTICS_STAY)
    await owner.execute(BEGIN_SMALL)
    await owner.execute("VACUUM ANALYZE")
    return owner


@pytest.mark.parametrize("analysed", [True, False], ids=["analysed", "with the statistics of a small log"])
async def test_no_hot_statement_reads_a_large_log_from_end_to_end(
    database_url: str, pool: Pool, small: Owner, *, analysed: bool
) -> None:
    writers = await connect(database_url)
    planned = await prepare_writers_statements(writers, "small")
    await grow(small, analysed=analysed)
    planned |= {
        f"{name} anew": execution
        for name, execution in (await prepare_writers_statements(writers, "large")).items()
    }
    scans = {name: await explain(writers, execution) for name, execution in planned.items()}
    assert not any(scans.values()), scans
    await writers.close()

    async with pool.acquire() as connection:
        scans = await scans_of_folds(connection)
    assert not any(scans.values()), scans


async def test_the_votes_of_a_large_range_are_read_on_several_cores(pool: Pool, small: Owner) -> None:
    await grow(small, analysed=True)
    reading = next(step for step in COMMUNITY.steps if "VoteCast" in step.types)
    statement = projections.sql.create_changes.format(statement=reading.statement)
    text = await pool.fetchval(f"EXPLAIN (FORMAT json) {statement}", 0, EVENTS, CELL_EVENTS)
    assert workers(json.loads(text)[0]["Plan"]) > 0


@pytest.mark.parametrize(("after", "used"), [("", 0), ("position > 0 AND ", 1)])
async def test_rare_events_are_found_by_where_they_begin_alone(
    pool: Pool, small: Owner, after: str, used: int
) -> None:
    """Else their index, taken for empty while it nearly was, would be read whole for each ballot ruled on."""
    await grow(small, analysed=True)
    look = f"SELECT FROM log.events WHERE {after} position < 9 AND type = 'ToolListed'"
    text = await pool.fetchval(f"EXPLAIN (FORMAT json) {look}")
    assert uses(json.loads(text)[0]["Plan"], "events_rare") == used


async def test_without_the_writers_settings_a_scan_planned_early_would_stay(
    database_url: str, small: Owner
) -> None:
    """The trap is real, and `explain` sees it; if this fails, Postgres no longer needs the settings."""
    plain = await asyncpg.connect(database_url, server_settings=SESSION)
    planned = await prepare_writers_statements(plain, "small")
    await grow(small, analysed=False)
    scans = {name: await explain(plain, execution) for name, execution in planned.items()}
    assert set[str]().union(*scans.values()) == BIG
    await plain.close()
