"""Scores as they change while Valkey is gone for good, or hangs: they are told all the same, only later."""

from collections.abc import AsyncGenerator, Callable, Generator

import pytest

from tests.support.own_valkey import Valkey
from tests.support.service import Caller, Service, fresh
from tests.support.streams import Ear
from tests.support.up import RunningUp, running_up, temporary_home


@pytest.fixture
def valkey() -> Generator[Valkey]:
    """A Valkey of the test's own."""
    with temporary_home() as home:
        valkey = Valkey(home)
        valkey.start()
        yield valkey
        valkey.end()


@pytest.fixture
def up(valkey: Valkey) -> Generator[RunningUp]:
    """The service on that Valkey, with two API processes that hear of each other's votes by it alone."""
    with temporary_home() as home, running_up(home, "--processes", "2", env={"REDIS_URL": valkey.url}) as up:
        yield up
        assert "met a defect" not in up.errors.read_text()


@pytest.fixture
def service(up: RunningUp) -> Service:
    return Service(up.url, up.errors.parent)


@pytest.fixture
async def caller(service: Service) -> AsyncGenerator[Caller]:
    async with service.client() as client:
        yield Caller(service, client)


@pytest.mark.parametrize("harm", [Valkey.kill, Valkey.hang], ids=["gone", "hanging"])
async def test_votes_are_told_without_hints(
    valkey: Valkey, service: Service, caller: Caller, harm: Callable[[Valkey], None]
) -> None:
    tool, other = fresh(), fresh()
    await caller.score(tool, after=max([await caller.list_tool(tool), await caller.list_tool(other)]))
    async with Ear(service, tool, other) as ear:
        harm(valkey)
        for number in range(1, 4):
            position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
            assert (await ear.hear(tool, after=position))["community"]["ship"] == number
        async with Ear(service, other, tool, last_id=ear.ids[-1]) as late:
            assert late.of(tool)[0]["community"]["ship"] == 3
            position = (await caller.vote(other, fresh("ann"), "skip"))["position"]
            assert (await late.hear(other, after=position))["community"]["skip"] == 1
        valkey.end()
        valkey.start()
        position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
        assert (await ear.hear(tool, after=position))["community"]["ship"] == 4
        assert (ear.streams, ear.broken) == (1, 0)
