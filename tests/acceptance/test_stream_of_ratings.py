"""Which fit of the ratings is the current one, told on the stream of scores."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx

from events.facts import OVERALL
from tests.support.service import Caller, fresh
from tests.support.streams import HEAR_S_MAX, PATH


async def events_of(answer: httpx.Response) -> AsyncGenerator[dict[str, str]]:
    """Read a stream's events, each field by its name."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if line:
            fields[name] = value
        else:
            yield fields
            fields = {}


async def fit_after(events: AsyncGenerator[dict[str, str]], position: int) -> dict[str, Any]:
    """Wait for the fit of a position or later."""
    async for event in events:
        if event.get("event") == "ratings":
            assert "id" not in event
            fit = json.loads(event["data"])
            if fit["position"] >= position:
                return fit
    raise AssertionError


async def test_fits_of_ratings_are_told_between_scores_and_leave_the_last_id_alone(
    client: httpx.AsyncClient, caller: Caller
) -> None:
    left, right = fresh(), fresh()
    position = max([await caller.list_tool(tool) for tool in (left, right)])
    await caller.score(left, after=position)
    before = await caller.prefer(left, right, fresh("ann"), left)
    query = {"tools": left, "ratings": OVERALL}
    async with asyncio.timeout(HEAR_S_MAX), client.stream("GET", PATH, params=query) as answer:
        events = events_of(answer)
        first = await fit_after(events, before["position"])
        after = await caller.prefer(left, right, fresh("bob"), right)
        second = await fit_after(events, after["position"])
    assert first["fitted_at"] < second["fitted_at"]
    assert second["context"] == OVERALL


async def test_who_follows_ratings_alone_names_no_tools(client: httpx.AsyncClient) -> None:
    async with client.stream("GET", PATH, params={"ratings": OVERALL}) as answer:
        assert answer.status_code == 200
