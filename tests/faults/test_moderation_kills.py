"""A large batch of rulings outlives the workers that give it, and rules on nothing twice."""

import asyncio
from typing import Any

from tests.support.service import Caller, Service, fresh
from tests.support.up import RunningUp, wait_until

BATCHES = "/v1/moderation/batches"
VOTES = 10_000
KILLS = 3
DONE_S_MAX = 60.0


async def read(caller: Caller, id_: str) -> dict[str, Any]:
    """Read a batch."""
    answer = await caller.call("GET", f"{BATCHES}/{id_}", role="moderator", params={"limit": 1})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def progress(caller: Caller, id_: str, *, beyond: int) -> dict[str, Any]:
    """Wait until a batch has ruled on more than so many events, or has ended."""
    async with asyncio.timeout(DONE_S_MAX):
        while True:
            batch = await read(caller, id_)
            if batch["state"] != "running" or batch["applied"] > beyond:
                return batch
            await asyncio.sleep(0.02)


async def test_a_batch_goes_on_when_its_worker_is_killed_and_rules_once(
    up: RunningUp, service: Service, caller: Caller
) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    lines = "".join(f'{{"tool": "{tool}", "voter": "{tool}-{n}", "choice": "ship"}}\n' for n in range(VOTES))
    assert (await caller.call("POST", "/v1/votes", role="service", content=lines)).status_code == 200
    asked = {"action": "retract", "select": {"tool": tool}, "reason": "fraud"}
    batch = (await caller.call("POST", BATCHES, role="moderator", json=asked)).json()
    assert (batch["state"], batch["matched"]) == ("running", VOTES)
    for _ in range(KILLS):
        batch = await progress(caller, batch["id"], beyond=batch["applied"])
        assert await asyncio.to_thread(wait_until, lambda: up.finds("workers"))
        up.part("workers").kill()
    batch = await progress(caller, batch["id"], beyond=VOTES)
    assert (batch["state"], batch["applied"], batch["unchanged"]) == ("done", VOTES, 0)
    async with service.owner() as owner:
        rulings = await owner.fetchrow(
            "SELECT count(*) AS all, count(DISTINCT data ->> 'target') AS different"
            " FROM log.events WHERE type = 'EventRetracted' AND data ->> 'batch' = $1",
            batch["id"],
        )
        head = await owner.fetchval("SELECT position FROM log.head")
    assert rulings is not None
    assert (rulings["all"], rulings["different"]) == (VOTES, VOTES)
    score = await caller.score(tool, after=head)
    assert (score["community"]["votes"], score["excluded"]) == (
        0,
        {"votes": VOTES, "by_reason": {"fraud": VOTES}},
    )
