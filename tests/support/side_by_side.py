"""Tools to compare, over HTTP: listed, voted on, reviewed and held against each other."""

import json
from collections.abc import Sequence
from typing import Any

from tests.support.service import REVIEW, Caller, done, fresh, position_of


async def listed(caller: Caller, *names: str) -> list[str]:
    """List tools; return their slugs."""
    slugs = [fresh(name) for name in names]
    for slug, name in zip(slugs, names, strict=True):
        await caller.list_tool(slug, name=name.title())
    return slugs


async def voted(caller: Caller, tool: str, *, ship: int, skip: int) -> int:
    """Let so many new voters vote on a tool; return the position of the last vote."""
    choices = ["ship"] * ship + ["skip"] * skip
    lines = [json.dumps({"tool": tool, "voter": fresh("voter"), "choice": choice}) for choice in choices]
    answer = await caller.batch("\n".join(lines).encode())
    return max(json.loads(line)["position"] for line in answer.text.splitlines())


async def preferred(caller: Caller, a: str, b: str, winners: Sequence[str], context: str = "overall") -> int:
    """Let new voters prefer these; return the position of the last."""
    return max([(await caller.prefer(a, b, fresh("voter"), each, context))["position"] for each in winners])


async def reviewed(caller: Caller, tool: str, panelist: str, verdict: str, **text: str) -> int:
    """Let a panelist review a tool; return the position."""
    body = {**REVIEW, "verdict": verdict, **text}
    return position_of(
        await caller.call("PUT", f"/v1/tools/{tool}/reviews/{panelist}", role="admin", json=body)
    )


async def seated(caller: Caller, lens: str) -> str:
    """Seat a panelist; return their slug."""
    slug = fresh("panelist")
    await caller.seat(slug, name=f"Of {slug}", lens=lens)
    return slug


async def compared(caller: Caller, *tools: str, after: int = 0, **asked: object) -> dict[str, Any]:
    """Compare two tools at their own address or more of them at the other, at `after` or later."""
    if after:
        await caller.score(tools[0], after=after)
    path = f"/v1/compare/{'/'.join(tools)}" if len(tools) == 2 else "/v1/compare"
    more = {} if len(tools) == 2 else {"tools": ",".join(tools)}
    return done(await caller.call("GET", path, params={**more, **asked}))


def pair_of(standing: dict[str, Any], left: str, right: str) -> dict[str, Any]:
    """Return what a criterion says of two tools."""
    return next(pair for pair in standing["pairs"] if (pair["left"], pair["right"]) == (left, right))
