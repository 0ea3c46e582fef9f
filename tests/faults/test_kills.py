"""Under load any part may be killed at any moment: no acknowledged vote is lost, and none counts twice."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import psutil
import pytest
from redis.asyncio import Redis

from tests.support.crowd import Crowd
from tests.support.service import Caller, Service
from tests.support.truth import assert_nothing_was_lost, is_exact
from tests.support.up import RunningUp

VOTES_BETWEEN = 200
Fault = Callable[[RunningUp, Service], Awaitable[None]]


async def kill_api(up: RunningUp, _service: Service) -> None:
    up.part("serve").kill()


async def kill_worker(up: RunningUp, _service: Service) -> None:
    up.part("workers").kill()


async def kill_postmaster(up: RunningUp, _service: Service) -> None:
    up.part("postgres").kill()


async def kill_writers_backend(_up: RunningUp, service: Service) -> None:
    """Kill the server process that the writer speaks to, in the middle of whatever it does."""
    async with service.owner() as owner:
        pid = await owner.fetchval(
            "SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.objid = 7310 AND l.granted LIMIT 1"
        ) or await owner.fetchval(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'ostraka' LIMIT 1"
        )
    psutil.Process(pid).kill()


async def terminate_backends(_up: RunningUp, service: Service) -> None:
    """End every session of the application, as an administrator may."""
    async with service.owner() as owner:
        await owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ostraka'"
        )


async def kill_valkey(up: RunningUp, _service: Service) -> None:
    up.part("valkey-server").kill()


async def flush_valkey(_up: RunningUp, service: Service) -> None:
    redis = Redis.from_url(service.redis_url)  # pyright: ignore[reportUnknownMemberType] - **kwargs untyped
    async with redis:
        await redis.flushall()  # pyright: ignore[reportUnknownMemberType]


FAULTS: list[Fault] = [
    kill_api,
    kill_worker,
    kill_postmaster,
    kill_writers_backend,
    terminate_backends,
    kill_valkey,
    flush_valkey,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_nothing_acknowledged_is_lost(
    up: RunningUp, service: Service, caller: Caller, crowd: Crowd, fault: Fault
) -> None:
    async with crowd.voting():
        for _ in range(2):
            await crowd.progress(VOTES_BETWEEN)
            await fault(up, service)
        await crowd.progress(VOTES_BETWEEN)
    await assert_nothing_was_lost(service, caller, crowd)


async def test_nothing_acknowledged_is_lost_when_everything_fails_in_turn(
    up: RunningUp, service: Service, caller: Caller, crowd: Crowd
) -> None:
    async with crowd.voting():
        for fault in (kill_worker, kill_valkey, kill_api, kill_postmaster, kill_api, flush_valkey):
            await crowd.progress(VOTES_BETWEEN // 4)
            await fault(up, service)
        await crowd.progress(VOTES_BETWEEN)
    await assert_nothing_was_lost(service, caller, crowd)


async def test_asked_to_end_under_load_the_api_answers_all_that_it_has_recorded(
    up: RunningUp, service: Service, caller: Caller, crowd: Crowd
) -> None:
    async with crowd.voting():
        for _ in range(2):
            await crowd.progress(VOTES_BETWEEN)
            up.part("serve").send_signal(signal.SIGTERM)
        await crowd.progress(VOTES_BETWEEN)
    events = await assert_nothing_was_lost(service, caller, crowd)
    told = {vote.position for vote in crowd.acknowledged}
    recorded = {event.position for event in events if event.type == "VoteCast"}
    mine = {position for position in recorded if position > min(told) - 1}
    assert mine == {vote.position for vote in crowd.acknowledged if vote.changed}


async def test_every_score_read_under_load_is_the_fold_of_the_log_at_its_position(
    service: Service, caller: Caller, crowd: Crowd
) -> None:
    scores: list[dict[str, Any]] = []

    async def read() -> None:
        while not reading.done():
            scores.extend(await asyncio.gather(*(caller.score(tool) for tool in crowd.tools)))

    reading = asyncio.get_running_loop().create_future()
    async with crowd.voting():
        reader = asyncio.create_task(read())
        await crowd.progress(2 * VOTES_BETWEEN)
        reading.set_result(None)
        await reader
    events = await assert_nothing_was_lost(service, caller, crowd)
    assert len({score["position"] for score in scores}) > 1
    assert [score for score in scores if not is_exact(score, events)] == []
