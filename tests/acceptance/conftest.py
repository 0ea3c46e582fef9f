"""One `ostraka up` for all acceptance tests that speak HTTP; each test uses tools and voters of its own."""

from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from tests.support.ending import end_replays
from tests.support.forms import sign_in
from tests.support.service import Caller, Service
from tests.support.up import running_up, temporary_home


@pytest.fixture(scope="session")
def service() -> Generator[Service]:
    """A service with two API processes, so that nothing may lean on being alone."""
    with temporary_home() as home, running_up(home, "--processes", "2") as up:
        yield Service(up.url, home)
        assert "a request met a defect" not in up.errors.read_text()


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
async def desk(service: Service) -> AsyncGenerator[Caller]:
    """Mo, a moderator who is signed in."""
    async with service.client() as client:
        await sign_in(service, client, service.token("moderator", "mo"))
        yield Caller(service, client)


@pytest.fixture
async def no_replay_left(caller: Caller) -> AsyncGenerator[None]:
    """Leave no replay going on to other tests."""
    yield
    await end_replays(caller)
