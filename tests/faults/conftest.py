"""A service to harm, and a crowd that votes meanwhile."""

from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from tests.support.crowd import Crowd
from tests.support.service import Caller, Service, fresh
from tests.support.up import RunningUp, running_up, temporary_home

VOTERS = 200
TOOLS = 3


@pytest.fixture(scope="module")
def up() -> Generator[RunningUp]:
    """Run the service with two API processes."""
    with temporary_home() as home, running_up(home, "--processes", "2") as up:
        yield up
        assert "a request met a defect" not in up.errors.read_text()


@pytest.fixture(scope="module")
def service(up: RunningUp) -> Service:
    """The running service as its clients meet it."""
    return Service(up.url, up.errors.parent)


@pytest.fixture
async def client(service: Service) -> AsyncGenerator[httpx.AsyncClient]:
    """An HTTP client of the service."""
    async with service.client() as client:
        yield client


@pytest.fixture
def caller(service: Service, client: httpx.AsyncClient) -> Caller:
    """The short ways to call the service."""
    return Caller(service, client)


@pytest.fixture
async def crowd(service: Service, caller: Caller) -> Crowd:
    """Voters, and tools of their own."""
    tools = [fresh() for _ in range(TOOLS)]
    for tool in tools:
        await caller.list_tool(tool)
    return Crowd(service, voters=VOTERS, tools=tools)
