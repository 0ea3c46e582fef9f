"""Two workers at once: they share the folding, and one is enough."""

import subprocess
from collections.abc import Generator

import pytest

from tests.support.crowd import Crowd
from tests.support.service import Caller, Service
from tests.support.truth import assert_nothing_was_lost
from tests.support.up import END_S_MAX, OSTRAKA, RunningUp, environment

VOTES = 250


@pytest.fixture
def second_worker(service: Service) -> Generator[subprocess.Popen[bytes]]:
    """Run a worker beside the one that `up` runs."""
    urls = {"DATABASE_URL": service.database_url, "REDIS_URL": service.redis_url}
    process = subprocess.Popen(
        [*OSTRAKA, "worker"], env=environment(urls), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield process
    process.terminate()
    assert process.wait(timeout=END_S_MAX) == 0


async def test_two_workers_at_once_count_every_vote_once(
    up: RunningUp, service: Service, caller: Caller, crowd: Crowd, second_worker: subprocess.Popen[bytes]
) -> None:
    async with crowd.voting():
        for _ in range(3):
            await crowd.progress(VOTES)
            up.part("workers").kill()
    assert second_worker.poll() is None
    await assert_nothing_was_lost(service, caller, crowd)
