"""Ruling from the console: previewing, applying, and what came of it."""

import asyncio
import re
from typing import Any, Final

import httpx

from tests.support.console import events, words
from tests.support.forms import csrf_of, own_origin
from tests.support.service import Caller, done, fresh

PREVIEW: Final = "/moderation/preview"
APPLY: Final = "/moderation/apply"
BATCHES: Final = "/moderation/batches"
LOOKS_MAX: Final = 1_000
LOOK_S: Final = 0.05

TOKEN: Final = re.compile(r'name="token" value="([\w.-]+)"')


async def post(desk: Caller, path: str, **fields: object) -> httpx.Response:
    """Post a form of the console."""
    csrf = csrf_of(await desk.client.get("/moderation/batches"))
    return await desk.client.post(path, data={"csrf": csrf, **fields}, headers=own_origin(desk.service))


async def previewed(desk: Caller, **fields: object) -> str:
    """Preview a ruling; return the page."""
    answer = await post(desk, PREVIEW, **{"action": "retract", "scope": "all", **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


async def apply(desk: Caller, page: str, **fields: object) -> httpx.Response:
    """Apply what a preview's page shows."""
    return await post(desk, APPLY, **{"token": token_of(page), "reason": "fraud", **fields})


async def applied(desk: Caller, page: str, **fields: object) -> dict[str, Any]:
    """Apply what a preview's page shows, and return the batch."""
    answer = await apply(desk, page, **fields)
    assert answer.status_code == 303, answer.text
    return await batch_at(desk, answer.headers["location"])


async def batch_at(desk: Caller, address: str) -> dict[str, Any]:
    """Read the batch of a page as programs do, once it has ended."""
    for _ in range(LOOKS_MAX):
        batch = done(await desk.call("GET", f"/v1{address}", role="moderator"))
        if batch["state"] != "running":
            return batch
        await asyncio.sleep(LOOK_S)
    message = f"the batch at {address} never ended"
    raise TimeoutError(message)


def token_of(page: str) -> str:
    """Return the sealed token of a preview's page."""
    found = TOKEN.search(page)
    assert found, words(page)
    return found[1]


async def voted(desk: Caller, *choices: str) -> tuple[str, list[int]]:
    """List a tool and vote on it; return it, and the votes' positions."""
    tool = fresh()
    await desk.list_tool(tool, category=fresh("category"))
    return tool, [(await desk.vote(tool, fresh("voter"), choice))["position"] for choice in choices]


async def standings(desk: Caller, tool: str) -> list[str]:
    """Return how the votes on a tool stand, the oldest first."""
    return [event["standing"] for event in await events(desk, tool=tool, type="VoteCast")]
