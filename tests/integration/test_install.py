"""Installing read models: what changed starts anew, what did not is left alone, and builds stay apart."""

import asyncio

import asyncpg
import pytest
from msgspec.structs import replace

from events.ids import Position
from events.log.connection import Pool
from events.log.migrate import MigrationError, migrate_log
from projections.catching_up import checkpoints
from projections.folding import fold_next
from projections.install import migrate
from projections.model import ReadModel
from projections.registry import MODELS, NAMES
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot, start_anew
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless
from tests.support.tables import TABLES
from tests.support.votes import ship, skip, withdraw

CHANGED = tuple(
    replace(model, create=f"-- Anew.\n{model.create}") if model.name == "community" else model
    for model in MODELS
)
LINKS = "0018_previous_events.sql"
BEFORE_LINKS = f"""
ALTER TABLE log.events DROP COLUMN previous;
CREATE INDEX events_second ON log.events (position) INCLUDE (subject_id, actor_id) WHERE version = 2;
DELETE FROM log.migrations WHERE name = '{LINKS}'
"""  # noqa: S608 - of the line above
COMMUNITY_OLD, COMMUNITY_NEW = MODELS[NAMES.index("community")], CHANGED[NAMES.index("community")]


@pytest.fixture(autouse=True)
async def log(database_url: str, pool: Pool) -> None:
    """A tool with a vote, folded."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
    await fold_all(pool)


def build(monkeypatch: pytest.MonkeyPatch, models: tuple[ReadModel, ...]) -> None:
    """Act as a build that defines these models."""
    monkeypatch.setattr("projections.install.MODELS", models)
    monkeypatch.setattr("projections.catching_up.MODELS", models)


async def fold(pool: Pool, model: ReadModel) -> bool:
    """Tell whether this worker folds that model."""
    async with pool.acquire() as connection:
        return await fold_next(connection, model, head=Position(2)) is not None


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
async def test_a_model_creates_the_tables_that_it_names(owner: Owner, model: ReadModel) -> None:
    await owner.execute("CREATE SCHEMA alone; SET search_path = alone")
    await owner.execute(model.create)
    rows = await owner.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'alone'")
    assert {row["tablename"] for row in rows} == set(model.tables)


async def test_installing_again_changes_nothing(database_url: str, pool: Pool) -> None:
    before = await snapshot(pool)
    assert await migrate(database_url) == []
    assert await snapshot(pool) == before
    assert await checkpoints(pool) == dict.fromkeys(NAMES, 2)


async def test_a_model_defined_otherwise_starts_anew_alone(
    database_url: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(monkeypatch, CHANGED)
    before = await snapshot(pool)
    assert await migrate(database_url) == ["community"]
    assert await checkpoints(pool) == {**dict.fromkeys(NAMES, 2), "community": 0}
    assert await snapshot(pool) == {**before, **{table: {} for table in TABLES["community"]}}
    assert [step.model for step in await fold_all(pool)] == ["community"]
    assert await snapshot(pool) == before


async def test_a_worker_of_another_build_leaves_the_model_alone(
    database_url: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not await fold(pool, COMMUNITY_NEW)
    build(monkeypatch, CHANGED)
    await migrate(database_url)
    assert not await fold(pool, COMMUNITY_OLD)
    assert (await checkpoints(pool))["community"] == 0
    assert await fold(pool, COMMUNITY_NEW)
    await assert_folds_are_exact(pool)


async def test_rolling_back_to_the_build_before_starts_the_model_anew_again(
    database_url: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        build(newer, CHANGED)
        await migrate(database_url)
        await fold_all(pool)
    assert await migrate(database_url) == ["community"]
    await fold_all(pool)
    await assert_folds_are_exact(pool)


async def test_installing_twice_at_once_installs_once(database_url: str, pool: Pool, owner: Owner) -> None:
    await owner.execute("UPDATE read.checkpoints SET fingerprint = 'of another build'")
    done = await asyncio.gather(*[migrate(database_url) for _ in range(4)])
    assert sorted(name for some in done for name in some) == sorted(NAMES)
    await fold_all(pool)
    await assert_folds_are_exact(pool)


async def test_cached_statements_of_readers_and_workers_survive_a_rebuild(
    database_url: str, pool: Pool, owner: Owner
) -> None:
    async with pool.acquire() as reader:
        query = "SELECT ship, skip FROM read.community"
        assert [tuple(row) for row in await reader.fetch(query)] == [(1, 0)]
        assert sorted(await start_anew(owner, database_url)) == sorted(NAMES)
        assert await reader.fetch(query) == []
        await fold_all(pool)
        assert [tuple(row) for row in await reader.fetch(query)] == [(1, 0)]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE log.migrations SET checksum = 'other'", "was edited"),
        ("INSERT INTO log.migrations (name, checksum) VALUES ('9999_future.sql', '')", "newer"),
    ],
)
async def test_a_database_that_this_build_does_not_fit_is_refused(
    statement: str, words: str, database_url: str, owner: Owner
) -> None:
    await owner.execute(statement)
    with pytest.raises(MigrationError, match=words):
        await migrate(database_url)


async def test_the_events_of_an_older_log_are_linked(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, skip("ann"), ship("bob"), withdraw("ann"), skip("bob"), ship("eve"))
    await owner.execute(BEFORE_LINKS)
    assert await migrate_log(database_url) == [LINKS]
    assert await is_gapless(owner)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await owner.execute("UPDATE log.events SET previous = NULL")


async def test_no_table_of_the_log_has_the_name_of_a_read_models(owner: Owner) -> None:
    """Folds look in the log's schema first, see `projections/sql/use_log.sql`; only `events` is in both."""
    names = await owner.fetch(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace IN"
        " ('log'::regnamespace, 'read'::regnamespace) GROUP BY relname HAVING count(*) > 1"
    )
    assert [row["relname"] for row in names] == ["events"]
