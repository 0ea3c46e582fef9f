"""Recorded events stay: grants refuse the application, and a trigger refuses the owner as well."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from events.log.connection import SESSION
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.votes import ship

INSERT = """
INSERT INTO log.events (subject_id, position, recorded_at, version, schema, type, actor_id, data)
VALUES (1, 3, now(), 1, 1, 'VoteCast', uuidv7(), '{"choice": "ship"}')
"""
CHANGES = [
    "UPDATE log.events SET data = '{}'",
    "UPDATE log.events SET recorded_at = now() WHERE position = 1",
    "UPDATE log.events SET data = '{}' WHERE false",
    "DELETE FROM log.events WHERE position = 2",
    "DELETE FROM log.events WHERE false",
    "TRUNCATE log.events",
    "TRUNCATE log.events CASCADE",
    f"{INSERT} ON CONFLICT (subject_id, actor_id, version) DO UPDATE SET data = excluded.data",
    "MERGE INTO log.events USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
]
TRICKS = [
    "ALTER TABLE log.events DISABLE TRIGGER append_only",
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "DROP TRIGGER append_only ON log.events",
    "ALTER TABLE log.events DROP COLUMN data",
    "DROP TABLE log.events",
    "DROP FUNCTION log.refuse_change() CASCADE",
    "CREATE OR REPLACE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE sql RETURN NULL",
    "CREATE TABLE log.more (n integer)",
    "CREATE FUNCTION log.more() RETURNS integer LANGUAGE sql RETURN 1",
    "CREATE RULE forget AS ON INSERT TO log.events DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "INSERT INTO log.head VALUES (0, 0, now())",
    "DELETE FROM log.head",
    "TRUNCATE log.head, log.accounts, log.answers",
    "UPDATE log.accounts SET account = 'eve'",
    "DELETE FROM log.accounts",
    "UPDATE log.migrations SET checksum = ''",
    "UPDATE log.batches SET moderator = 'eve'",
    "DELETE FROM log.batches",
    "UPDATE log.replays SET moderator = 'eve'",
    "DELETE FROM log.replays",
    "CREATE SCHEMA more",
]


@pytest.fixture
async def application(database_url: str) -> AsyncGenerator[Owner]:
    """A connection as the application's, on a log of two events."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
    connection = await asyncpg.connect(database_url, server_settings=SESSION)
    yield connection
    await connection.close()


async def rows(owner: Owner) -> list[object]:
    """Return the log as it is stored."""
    return [tuple(row) for row in await owner.fetch("SELECT * FROM log.events ORDER BY position")]


async def refusals(connection: Owner, statements: list[str]) -> dict[str, str]:
    """Try statements; return what each was refused with, "done" if it was not."""
    found: dict[str, str] = {}
    for statement in statements:
        try:
            await connection.execute(statement)
            found[statement] = "done"
        except asyncpg.PostgresError as error:
            found[statement] = f"{error.sqlstate} {error}"
    return found


async def test_the_owner_is_refused_by_the_trigger(application: Owner, owner: Owner) -> None:
    assert await application.fetchval("SELECT count(*) FROM log.events") == 2
    before = await rows(owner)
    for change, refusal in (await refusals(owner, CHANGES)).items():
        assert refusal.startswith("42501 the log is append-only"), change
    assert await rows(owner) == before


async def test_the_application_is_refused_by_the_grants(application: Owner, owner: Owner) -> None:
    before = await rows(owner)
    for change, refusal in (await refusals(application, CHANGES)).items():
        assert refusal.startswith("42501 permission denied for table events"), change
    assert await rows(owner) == before


async def test_the_application_cannot_get_round_the_grants(application: Owner, owner: Owner) -> None:
    for trick, refusal in (await refusals(application, TRICKS)).items():
        assert refusal.startswith("42501"), trick
    await application.execute("GRANT UPDATE ON log.events TO ostraka_app")  # warns, and grants nothing
    assert not await owner.fetchval("SELECT has_table_privilege('ostraka_app', 'log.events', 'UPDATE')")


@pytest.mark.parametrize(
    ("table", "granted"),
    [
        ("log.events", {"SELECT", "INSERT"}),
        ("log.head", {"SELECT", "UPDATE"}),
        ("log.accounts", {"SELECT", "INSERT"}),
        ("log.erasures", {"SELECT"}),
        ("log.answers", {"SELECT", "INSERT", "UPDATE", "DELETE"}),
        ("log.batches", {"SELECT", "INSERT"}),
        ("log.targets", {"SELECT", "INSERT"}),
        ("log.replays", {"SELECT", "INSERT"}),
        ("log.adoptions", {"SELECT", "INSERT"}),
        ("log.audit", {"SELECT", "INSERT"}),
        ("log.migrations", set[str]()),
    ],
)
async def test_the_application_has_these_privileges_and_no_more(
    table: str, granted: set[str], owner: Owner
) -> None:
    every = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"]
    held = await owner.fetch(
        "SELECT privilege FROM unnest($2::text[]) AS asked (privilege) "
        "WHERE has_table_privilege('ostraka_app', $1::regclass, privilege)",
        table,
        every,
    )
    assert {row["privilege"] for row in held} == granted


async def test_every_table_of_the_log_was_asked_about(owner: Owner) -> None:
    found = await owner.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'log'")
    assert {row["tablename"] for row in found} == {
        *("events", "head", "accounts", "erasures", "answers", "batches", "targets", "replays"),
        *("adoptions", "audit", "migrations"),
    }


async def test_the_application_creates_in_its_own_schema_alone(owner: Owner) -> None:
    for schema, may in (("log", False), ("public", False), ("read", True)):
        assert await owner.fetchval("SELECT has_schema_privilege('ostraka_app', $1, 'CREATE')", schema) is may
    role = await owner.fetchrow("SELECT * FROM pg_roles WHERE rolname = 'ostraka_app'")
    assert role is not None
    for power in (
        "rolsuper",
        "rolcreaterole",
        "rolcreatedb",
        "rolcanlogin",
        "rolreplication",
        "rolbypassrls",
    ):
        assert role[power] is False


async def test_the_application_may_append(application: Owner) -> None:
    assert await application.execute(INSERT) == "INSERT 0 1"
