"""Streams of scores when something breaks: they go on, or come again, and miss nothing."""

import asyncio
import json
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import AsyncExitStack
from itertools import pairwise
from urllib.parse import urlsplit

import httpx
import pytest

from events.ids import tool_subject
from service.live.scores import RECHECK_S
from tests.support.crowd import Crowd
from tests.support.service import Caller, Service, fresh
from tests.support.streams import PATH, Ear, until_open
from tests.support.truth import assert_nothing_was_lost, is_exact
from tests.support.up import RunningUp, running_up, temporary_home

LISTENERS = 200
TOOLS_MAX = 100
ROUNDS = 10
BYTES_TAKEN = 4_096
VOTES_BETWEEN = 100

Fault = Callable[[RunningUp], None]


@pytest.fixture(scope="module")
def up() -> Generator[RunningUp]:
    """Run the service with one API process, whose streams can be counted."""
    with temporary_home() as home, running_up(home) as up:
        yield up
        errors = up.errors.read_text()
        assert "met a defect" not in errors
        assert "ASGI" not in errors


async def listed(caller: Caller, number: int = 1) -> list[str]:
    tools = [fresh() for _ in range(number)]
    positions = [await caller.list_tool(tool) for tool in tools]
    await caller.score(tools[0], after=max(positions))
    return tools


async def vote(caller: Caller, tool: str) -> int:
    """Vote through any accident; return the vote's position."""
    while True:
        try:
            return (await caller.vote(tool, fresh("ann"), "ship"))["position"]
        except (httpx.TransportError, AssertionError):
            await asyncio.sleep(0.05)


def kill_api(up: RunningUp) -> None:
    up.part("serve").kill()


def end_api(up: RunningUp) -> None:
    up.part("serve").send_signal(signal.SIGTERM)


def kill_worker(up: RunningUp) -> None:
    up.part("workers").kill()


def kill_valkey(up: RunningUp) -> None:
    up.part("valkey-server").kill()


def kill_postgres(up: RunningUp) -> None:
    up.part("postgres").kill()


FAULTS: list[Fault] = [kill_api, end_api, kill_worker, kill_valkey, kill_postgres]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_what_happens_meanwhile_is_told(
    up: RunningUp, service: Service, caller: Caller, fault: Fault
) -> None:
    tools = await listed(caller, 3)
    async with Ear(service, *tools) as ear:
        await ear.hear(tools[0], after=await vote(caller, tools[0]))
        fault(up)
        positions = [await vote(caller, tool) for tool in tools]
        for tool, position in zip(tools, positions, strict=True):
            assert (await ear.hear(tool, after=position))["community"]["votes"] >= 1


async def test_a_service_that_ends_ends_its_streams_in_good_order(
    up: RunningUp, service: Service, caller: Caller
) -> None:
    (tool,) = await listed(caller)
    async with Ear(service, tool) as ear:
        end_api(up)
        await ear.until(lambda: ear.streams == 2)
        assert ear.broken == 0


@pytest.mark.parametrize("fault", [kill_worker, kill_valkey, kill_postgres], ids=lambda fault: fault.__name__)
async def test_a_stream_stays_open_while_something_else_is_away(
    up: RunningUp, service: Service, caller: Caller, fault: Fault
) -> None:
    (tool,) = await listed(caller)
    async with Ear(service, tool) as ear:
        fault(up)
        await ear.hear(tool, after=await vote(caller, tool))
        assert (ear.streams, ear.broken) == (1, 0)


async def test_every_score_told_through_all_accidents_is_the_fold_of_the_log_at_its_position(
    up: RunningUp, service: Service, caller: Caller
) -> None:
    tools = await listed(caller, 3)
    crowd = Crowd(service, voters=50, tools=tools)
    async with AsyncExitStack() as stack:
        ears = [await stack.enter_async_context(Ear(service, *tools)) for _ in range(5)]
        async with crowd.voting():
            for fault in FAULTS:
                await crowd.progress(VOTES_BETWEEN)
                fault(up)
            await crowd.progress(VOTES_BETWEEN)
        events = await assert_nothing_was_lost(service, caller, crowd)
        last = {
            tool: max(vote.position for vote in crowd.acknowledged if vote.tool == tool) for tool in tools
        }
        for ear in ears:
            for tool in tools:
                await ear.hear(tool, after=last[tool])
    for ear in ears:
        assert [score for score in ear.heard if not is_exact(score, events)] == []
        for tool in tools:
            positions = [score["position"] for score in ear.of(tool)]
            assert all(before <= after for before, after in pairwise(positions))


async def test_what_changes_without_an_event_is_told_too(service: Service, caller: Caller) -> None:
    (tool,) = await listed(caller)
    position = await vote(caller, tool)
    async with Ear(service, tool) as ear, service.owner() as owner:
        await ear.hear(tool, after=position)
        for votes in (1_001, 1):
            heard = asyncio.create_task(
                ear.until(lambda votes=votes: ear.heard[-1]["community"]["ship"] == votes)
            )
            while not heard.done():
                # Again and again: the workers' checks may mend it before anybody has looked.
                await owner.execute(
                    "UPDATE read.community SET ship = $2 WHERE subject_id = $1", tool_subject(tool), votes
                )
                await asyncio.wait({heard}, timeout=RECHECK_S)
            await heard
    assert {score["position"] for score in ear.heard[-2:]} == {position}


async def test_two_hundred_listeners_all_hear_a_vote_and_leave_nothing_behind(
    service: Service, caller: Caller
) -> None:
    tool, other = await listed(caller, 2)
    await until_open(caller.client, 0)
    async with AsyncExitStack() as stack:
        ears = [Ear(service, tool, other) for _ in range(LISTENERS)]
        await asyncio.gather(*(stack.enter_async_context(ear) for ear in ears))
        await until_open(caller.client, LISTENERS)
        for number in range(1, 4):
            position = await vote(caller, tool)
            told = await asyncio.gather(*(ear.hear(tool, after=position) for ear in ears))
            assert [score["community"]["votes"] for score in told] == [number] * LISTENERS
    await until_open(caller.client, 0)


async def vote_on_each(caller: Caller, tools: list[str]) -> dict[str, int]:
    """Vote on all tools at once; return the positions."""
    votes = [{"tool": tool, "voter": fresh("ann"), "choice": "ship"} for tool in tools]
    answer = await caller.batch(b"\n".join(json.dumps(vote).encode() for vote in votes))
    positions = [json.loads(line)["position"] for line in answer.text.splitlines()]
    return dict(zip(tools, positions, strict=True))


def connect_slowly(service: Service, tools: list[str]) -> socket.socket:
    """Open a stream, and read none of it."""
    address = urlsplit(service.url)
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BYTES_TAKEN)
    slow.connect((address.hostname, address.port))
    slow.sendall(f"GET {PATH}?tools={','.join(tools)} HTTP/1.1\r\nHost: slow\r\n\r\n".encode())
    return slow


async def test_who_does_not_read_holds_nobody_up_and_is_cut_off(service: Service, caller: Caller) -> None:
    tools = await listed(caller, TOOLS_MAX)
    await until_open(caller.client, 0)
    with connect_slowly(service, tools):
        await until_open(caller.client, 1)
        async with Ear(service, *tools) as ear:
            for number in range(1, ROUNDS + 1):
                for tool, position in (await vote_on_each(caller, tools)).items():
                    assert (await ear.hear(tool, after=position))["community"]["votes"] == number
            await until_open(caller.client, 1)
            assert ear.streams == 1
    await until_open(caller.client, 0)
