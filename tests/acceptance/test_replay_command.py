"""`ostraka replay`, as an operator runs it."""

import asyncio
import signal
from pathlib import Path

import pytest

from events.log.audit import read_audit
from events.log.connection import Pool
from projections.rebuilding.replays import ReplayOrder, order_replay, read_replays
from service.cli.replay import COMMAND_LINE
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot
from tests.support.importing import environment_of
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.replaying import HEAD, fill, ordered, replayed, schemas
from tests.support.up import OSTRAKA, ostraka, running_up, temporary_home
from tests.support.valkey import connect_to
from tests.support.votes import ship

END_S_MAX = 60


@pytest.fixture
async def env(database_url: str, valkey_url: str, pool: Pool) -> dict[str, str]:
    """Name servers with a tool and votes on it."""
    async with open_writer(database_url) as writer:
        await fill(writer, pool)
    return environment_of(database_url, valkey_url)


async def test_it_says_what_differs_and_puts_it_right(env: dict[str, str], pool: Pool, owner: Owner) -> None:
    before = await snapshot(pool)
    await owner.execute("UPDATE read.community SET ship = 1500")
    await owner.execute("INSERT INTO read.panel VALUES (5, 1, 1, 1)")
    await owner.execute("DELETE FROM read.tools")
    result = ostraka("replay", env=env)
    assert result.returncode == 0, result.stderr
    first, *words, last = result.stdout.splitlines()
    assert first.startswith(f"rebuilt catalogue, reviews, community from {HEAD} events")
    assert words == [
        "3 differ:",
        "  hammer: tools gains a row",
        "  no tool or panelist: panel loses a row",
        "  hammer: community ship 1,500 → 0",
    ]
    assert last == "put in place"
    assert await snapshot(pool) == before
    again = ostraka("replay", "--model", "community", env=env)
    assert again.stdout.splitlines()[1:] == ["nothing differs", "put in place"]
    assert (await read_replays(pool, before=None, limit=1))[0].moderator == COMMAND_LINE.name
    assert [(line.who, line.role, line.action) for line in await read_audit(pool, limit=3)] == [
        ("the command line", "operator", "replay-ordered")
    ] * 2


async def test_a_dry_run_changes_nothing_and_leaves_nothing(
    env: dict[str, str], pool: Pool, owner: Owner
) -> None:
    await owner.execute("UPDATE read.community SET ship = 1500")
    before = await snapshot(pool)
    for _ in range(2):
        result = ostraka("replay", "--dry-run", "--model", "community", env=env)
        assert (result.returncode, result.stdout.splitlines()[1:]) == (
            0,
            [
                "1 differ:",
                "  hammer: community ship 1,500 → 0",
                "nothing was changed: this was a dry run",
            ],
        )
    assert (await snapshot(pool), await schemas(pool)) == (before, [])


async def test_what_the_live_models_have_not_folded_is_folded(
    env: dict[str, str], database_url: str, pool: Pool
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("nail"), ship("ann", "nail"))
    result = ostraka("replay", env=env)
    assert (result.returncode, result.stdout.splitlines()[1]) == (0, "nothing differs")
    assert await fold_all(pool) == []
    await assert_folds_are_exact(pool)


async def test_it_goes_on_with_what_a_killed_command_left(env: dict[str, str], pool: Pool) -> None:
    left = await ordered(pool, "reviews")
    refused = ostraka("replay", env=env)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert f"the replay {left} of reviews is running" in refused.stderr
    own = ReplayOrder(
        id=left.__class__(int=left.int ^ 1), models=["community"], dry_run=False, by=COMMAND_LINE
    )
    assert await order_replay(pool, own) is None
    result = ostraka("replay", "--model", "community", env=env)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "put in place")
    assert "continuing the replay" in result.stderr


async def test_a_ready_replay_is_left_to_whoever_ordered_it(
    env: dict[str, str], valkey_url: str, pool: Pool
) -> None:
    async with connect_to(valkey_url) as redis:
        ready = await replayed(pool, redis, dry_run=True)
    result = ostraka("replay", env=env)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert f"/v1/replays/{ready.id}/cancel" in result.stderr


async def test_a_replay_that_fails_is_one_line_and_exit_status_1(
    env: dict[str, str], pool: Pool, owner: Owner
) -> None:
    await owner.execute("CREATE VIEW seen AS SELECT * FROM read.community")
    before = await snapshot(pool)
    result = ostraka("replay", env=env)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "cannot be dropped: view public.seen depends on table community" in result.stderr
    assert (await snapshot(pool), await schemas(pool)) == (before, [])


async def test_ctrl_c_leaves_everything_as_it_was(env: dict[str, str], pool: Pool, owner: Owner) -> None:
    before = await snapshot(pool)
    async with owner.transaction():
        await owner.execute("SELECT pg_advisory_xact_lock(7320, 3)")  # it cannot compare
        process = await asyncio.create_subprocess_exec(
            *OSTRAKA, "replay", env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        while not await schemas(pool):
            assert process.returncode is None
        process.send_signal(signal.SIGINT)
        while (await read_replays(pool, before=None, limit=1))[0].state == "running":
            assert process.returncode is None
    out, _ = await asyncio.wait_for(process.communicate(), END_S_MAX)
    assert (process.returncode, out) == (130, b"")
    assert (await snapshot(pool), await schemas(pool)) == (before, [])


def test_it_starts_servers_of_its_own_or_finds_those_that_run() -> None:
    with temporary_home() as home:
        result = ostraka("replay", "--home", str(home))
        assert (result.returncode, result.stdout.splitlines()) == (
            0,
            ["rebuilt catalogue, reviews, community from 0 events", "nothing differs", "put in place"],
        )
        with running_up(home):
            assert ostraka("demo", "--home", str(home)).returncode == 0
            result = ostraka("replay", "--home", str(home))
            assert (result.returncode, result.stdout.splitlines()[1:]) == (
                0,
                ["nothing differs", "put in place"],
            )


@pytest.mark.parametrize("options", [("--model", "nonsense"), ("--models", "reviews"), ("reviews",)])
def test_a_wrong_argument_is_one_line_and_exit_status_2(options: tuple[str, ...], tmp_path: Path) -> None:
    result = ostraka("replay", *options, env={"OSTRAKA_HOME": str(tmp_path)})
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
