"""Replays as the console's pages order and follow them."""

import html
import json
from typing import Any, Final

from tests.support.forms import PAGE
from tests.support.ruling_desk import post
from tests.support.service import Caller, done

REPLAYS: Final = "/moderation/replays"


async def get(desk: Caller, path: str, status: int = 200) -> str:
    """Read a page of the console."""
    answer = await desk.client.get(path, headers=PAGE)
    assert answer.status_code == status, answer.text
    return html.unescape(answer.text)


async def ordered(desk: Caller, *models: str, then: str = "compare") -> str:
    """Order a replay; return the address of its page."""
    answer = await post(desk, REPLAYS, model=list(models), then=then)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def stopped(desk: Caller, address: str) -> dict[str, Any]:
    """Follow a replay until it no longer runs; return its last words."""
    async with desk.client.stream("GET", f"{address}/stream") as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        text = "".join([part async for part in answer.aiter_text()])
    return json.loads(text.rpartition("data: ")[2])


async def replays(desk: Caller) -> list[dict[str, Any]]:
    """Read what was ordered."""
    return done(await desk.call("GET", "/v1/replays", role="moderator"))["items"]
