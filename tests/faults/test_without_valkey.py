"""Valkey gone for good, or hanging: votes are taken and scores arrive all the same, only later."""

from collections.abc import AsyncGenerator, Callable, Generator

import pytest

from tests.support.crowd import Crowd
from tests.support.own_valkey import Valkey
from tests.support.service import Caller, Service, done, fresh
from tests.support.truth import assert_nothing_was_lost
from tests.support.up import RunningUp, running_up, temporary_home

VOTERS = 50
VOTES = 300


@pytest.fixture(scope="module")
def valkey() -> Generator[Valkey]:
    """A Valkey of the test's own."""
    with temporary_home() as home:
        valkey = Valkey(home)
        valkey.start()
        yield valkey
        valkey.end()


@pytest.fixture(scope="module")
def up(valkey: Valkey) -> Generator[RunningUp]:
    """The service on that Valkey."""
    with temporary_home() as home, running_up(home, env={"REDIS_URL": valkey.url}) as up:
        yield up
        assert "a request met a defect" not in up.errors.read_text()


@pytest.fixture
def service(up: RunningUp) -> Service:
    return Service(up.url, up.errors.parent)


@pytest.fixture
async def caller(service: Service) -> AsyncGenerator[Caller]:
    async with service.client() as client:
        yield Caller(service, client)


@pytest.mark.parametrize("harm", [Valkey.kill, Valkey.hang], ids=["gone", "hanging"])
async def test_votes_are_taken_and_scores_arrive(
    valkey: Valkey, service: Service, caller: Caller, harm: Callable[[Valkey], None]
) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    crowd = Crowd(service, voters=VOTERS, tools=[tool])
    harm(valkey)
    try:
        async with crowd.voting():
            await crowd.progress(VOTES)
        assert not crowd.troubles
        await assert_nothing_was_lost(service, caller, crowd)
        position = (await caller.vote(tool, fresh("late"), "ship"))["position"]
        assert (await caller.score(tool, after=position))["position"] >= position
        report = done(await caller.call("GET", "/health/ready"))
        assert report["ready"] is True
        assert report["redis"].startswith("not reached")
    finally:
        valkey.end()
        valkey.start()
    report = {"redis": None}
    while report["redis"] != "ok":
        report = done(await caller.call("GET", "/health/ready"))
    position = (await caller.vote(tool, fresh("late"), "ship"))["position"]
    assert (await caller.score(tool, after=position))["position"] >= position


async def test_the_service_survives_valkeys_long_absence(
    valkey: Valkey, up: RunningUp, caller: Caller
) -> None:
    tool = fresh()
    position = await caller.list_tool(tool)
    valkey.kill()
    try:
        for _ in range(5):
            position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
            assert (await caller.score(tool, after=position))["position"] >= position
        assert up.process.poll() is None
    finally:
        valkey.start()
    assert (await caller.score(tool, after=position))["community"]["ship"] == 5
