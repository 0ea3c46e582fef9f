"""`ostraka verify`, as an operator runs it."""

import pytest

from events.log.connection import Pool
from tests.support.bad_events import spoil
from tests.support.folds import snapshot
from tests.support.importing import environment_of
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.replaying import HEAD, fill, ordered, schemas
from tests.support.up import ostraka
from tests.support.votes import ship


@pytest.fixture
async def env(database_url: str, valkey_url: str, pool: Pool) -> dict[str, str]:
    """Name servers with a tool and votes on it."""
    async with open_writer(database_url) as writer:
        await fill(writer, pool)
    return environment_of(database_url, valkey_url)


async def test_without_drift_it_says_so_in_one_line(env: dict[str, str], pool: Pool) -> None:
    before = await snapshot(pool)
    for _ in range(2):
        result = ostraka("verify", env=env)
        assert result.returncode == 0, result.stderr
        assert result.stdout == f"what is served is what {HEAD} events come to\n"
    assert (await schemas(pool), await snapshot(pool)) == ([], before)


async def test_drift_is_told_for_each_tool_and_fails_the_command(
    env: dict[str, str], pool: Pool, owner: Owner
) -> None:
    await owner.execute("UPDATE read.community SET ship = 1500")
    await owner.execute("DELETE FROM read.tools")
    before = await snapshot(pool)
    for _ in range(2):
        result = ostraka("verify", env=env)
        assert result.returncode == 1
        assert "  hammer: community ship 1,500 → 0" in result.stdout.splitlines()
        assert "  hammer: tools gains a row" in result.stdout.splitlines()
        assert "differ from the log" in result.stderr
    assert (await schemas(pool), await snapshot(pool)) == ([], before)


async def test_what_is_set_aside_is_no_drift(
    env: dict[str, str], pool: Pool, owner: Owner, database_url: str
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("nail"), ship("ann", "nail"), ship("bob", "nail"))
    await spoil(owner, HEAD + 2, "schema = 7")
    result = ostraka("verify", env=env)
    assert (result.returncode, await schemas(pool)) == (0, []), result.stderr + result.stdout


async def test_it_waits_for_no_replay_that_goes_on(env: dict[str, str], pool: Pool) -> None:
    await ordered(pool, "reviews")
    result = ostraka("verify", env=env)
    assert result.returncode == 1
    assert "/cancel" in result.stderr
