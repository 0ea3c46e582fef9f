"""Every deed of moderators and admins, once: by the API, and on the console's pages."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from uuid import UUID, uuid4

import httpx

from events.ids import tool_subject
from events.log.audit import AuditAction
from events.moderation.batches import number_of
from tests.support.forms import PAGE, csrf_of, own_origin
from tests.support.rulebook import NEW
from tests.support.service import PANELIST, REVIEW, TOOL, Caller, Service, done, fresh

AUDIT: Final = "/v1/moderation/audit"
TOKEN: Final = re.compile(r'name="token" value="([\w.-]+)"')
LOOKS_MAX: Final = 1_000
LOOK_S: Final = 0.05

RUNNING_BATCH: Final = """
INSERT INTO log.batches (id, action, selection, reason, note, moderator, head, matched, state)
VALUES ($1, 'retract', '{"positions": [1]}', 'spam', '', 'sam', 1, 1, 'running')
"""


class Desk(Caller):
    """Somebody who moderates: by the API, and signed in to the pages."""

    def __init__(self, service: Service, client: httpx.AsyncClient, name: str, role: str) -> None:
        super().__init__(service, client)
        self.name, self.role = name, role

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - to httpx
        """Send a request to the API."""
        return await self.call(method, path, role=self.role, subject=self.name, **more)

    async def post(self, path: str, **fields: object) -> httpx.Response:
        """Post a form of the console."""
        csrf = csrf_of(await self.client.get("/moderation/batches", headers=PAGE))
        return await self.client.post(path, data={"csrf": csrf, **fields}, headers=own_origin(self.service))

    async def lines(self) -> list[dict[str, Any]]:
        """Return what the audit list tells of them, newest first."""
        return done(await self.ask("GET", AUDIT, params={"who": self.name}))["items"]


async def listed(desk: Caller) -> str:
    tool = fresh()
    await desk.list_tool(tool)
    return tool


async def seated(desk: Caller) -> str:
    panelist = fresh("panelist")
    await desk.seat(panelist)
    return panelist


async def voted(desk: Caller) -> int:
    return (await desk.vote(await listed(desk), fresh("voter"), "ship"))["position"]


async def put_tool(desk: Desk) -> httpx.Response:
    return await desk.ask("PUT", f"/v1/tools/{fresh()}", json=TOOL)


async def revise_tool(desk: Desk) -> httpx.Response:
    return await desk.ask("PUT", f"/v1/tools/{await listed(desk)}", json=TOOL | {"name": "Other"})


async def delete_tool(desk: Desk) -> httpx.Response:
    return await desk.ask("DELETE", f"/v1/tools/{await listed(desk)}")


async def put_panelist(desk: Desk) -> httpx.Response:
    return await desk.ask("PUT", f"/v1/panelists/{fresh('panelist')}", json=PANELIST)


async def delete_panelist(desk: Desk) -> httpx.Response:
    return await desk.ask("DELETE", f"/v1/panelists/{await seated(desk)}")


async def put_review(desk: Desk) -> httpx.Response:
    path = f"/v1/tools/{await listed(desk)}/reviews/{await seated(desk)}"
    return await desk.ask("PUT", path, json=REVIEW)


async def delete_review(desk: Desk) -> httpx.Response:
    path = f"/v1/tools/{await listed(desk)}/reviews/{await seated(desk)}"
    await desk.call("PUT", path, role="admin", json=REVIEW)
    return await desk.ask("DELETE", path)


async def adopt_rule(desk: Desk) -> httpx.Response:
    return await desk.ask("POST", f"/v1/rules/{NEW}/adopt")


async def order_batch(desk: Caller, **who: str) -> httpx.Response:
    order = {"action": "retract", "select": {"positions": [await voted(desk)]}, "reason": "spam"}
    return await desk.call("POST", "/v1/moderation/batches", json=order, **who)


async def post_batch(desk: Desk) -> httpx.Response:
    return await order_batch(desk, role=desk.role, subject=desk.name)


async def post_revert(desk: Desk) -> httpx.Response:
    batch = (await order_batch(desk, role="moderator")).json()
    return await desk.ask("POST", f"/v1/moderation/batches/{batch['id']}/revert")


async def cancelled(desk: Desk, cancel: Callable[[UUID], Awaitable[httpx.Response]]) -> httpx.Response:
    """Cancel a batch that nobody gets round to give."""
    id_ = uuid4()
    async with desk.service.owner() as owner:
        await owner.execute("SELECT pg_advisory_lock(7312, $1)", number_of(id_))
        await owner.execute(RUNNING_BATCH, id_)
        return await cancel(id_)


async def post_batch_cancel(desk: Desk) -> httpx.Response:
    return await cancelled(desk, lambda id_: desk.ask("POST", f"/v1/moderation/batches/{id_}/cancel"))


async def page_batch_cancel(desk: Desk) -> httpx.Response:
    return await cancelled(desk, lambda id_: desk.post(f"/moderation/batches/{id_}/cancel"))


async def page_apply(desk: Desk) -> httpx.Response:
    fields = {"action": "retract", "scope": "rows", "position": str(await voted(desk))}
    found = TOKEN.search((await desk.post("/moderation/preview", **fields)).text)
    assert found
    return await desk.post("/moderation/apply", token=found[1], reason="spam")


async def ready_replay(desk: Caller) -> str:
    """Let a replay wait for a decision."""
    body = {"models": ["reviews"], "dry_run": True}
    replay = (await desk.call("POST", "/v1/replays", role="moderator", json=body)).json()
    for _ in range(LOOKS_MAX):
        if done(await desk.call("GET", f"/v1/replays/{replay['id']}", role="moderator"))["state"] == "ready":
            return replay["id"]
        await asyncio.sleep(LOOK_S)
    raise TimeoutError


async def post_replay(desk: Desk) -> httpx.Response:
    return await desk.ask("POST", "/v1/replays", json={"models": ["reviews"]})


async def page_replay(desk: Desk) -> httpx.Response:
    return await desk.post("/moderation/replays", model="reviews", then="swap")


async def post_swap(desk: Desk) -> httpx.Response:
    return await desk.ask("POST", f"/v1/replays/{await ready_replay(desk)}/swap")


async def page_swap(desk: Desk) -> httpx.Response:
    return await desk.post(f"/moderation/replays/{await ready_replay(desk)}/swap")


async def post_replay_cancel(desk: Desk) -> httpx.Response:
    return await desk.ask("POST", f"/v1/replays/{await ready_replay(desk)}/cancel")


async def page_replay_cancel(desk: Desk) -> httpx.Response:
    return await desk.post(f"/moderation/replays/{await ready_replay(desk)}/cancel")


async def aside(desk: Caller) -> int:
    """Set a tool aside that nothing is wrong with."""
    tool = await listed(desk)
    async with desk.service.owner() as owner:
        await owner.execute(
            "INSERT INTO read.set_aside (subject_id, position, type, error) VALUES ($1, 1, 'VoteCast', '?')",
            tool_subject(tool),
        )
    return tool_subject(tool)


async def post_retry(desk: Desk) -> httpx.Response:
    return await desk.ask("POST", f"/v1/moderation/set-aside/{await aside(desk)}/retry")


async def page_retry(desk: Desk) -> httpx.Response:
    return await desk.post(f"/moderation/set-aside/{await aside(desk)}/retry")


Do = Callable[[Desk], Awaitable[httpx.Response]]
Deed = tuple[AuditAction, Do]

DEEDS: Final[Mapping[tuple[str, str], tuple[Deed, ...]]] = {
    ("PUT", "/v1/tools/{slug:str}"): (("tool-listed", put_tool), ("tool-revised", revise_tool)),
    ("DELETE", "/v1/tools/{slug:str}"): (("tool-delisted", delete_tool),),
    ("PUT", "/v1/panelists/{slug:str}"): (("panelist-seated", put_panelist),),
    ("DELETE", "/v1/panelists/{slug:str}"): (("panelist-retired", delete_panelist),),
    ("PUT", "/v1/tools/{slug:str}/reviews/{panelist:str}"): (("review-submitted", put_review),),
    ("DELETE", "/v1/tools/{slug:str}/reviews/{panelist:str}"): (("review-withdrawn", delete_review),),
    ("POST", "/v1/rules/{name:str}/adopt"): (("rule-adopted", adopt_rule),),
    ("POST", "/v1/moderation/batches"): (("batch-ordered", post_batch),),
    ("POST", "/v1/moderation/batches/{id:str}/revert"): (("batch-ordered", post_revert),),
    ("POST", "/v1/moderation/batches/{id:str}/cancel"): (("batch-cancelled", post_batch_cancel),),
    ("POST", "/v1/moderation/set-aside/{subject:str}/retry"): (("set-aside-retried", post_retry),),
    ("POST", "/v1/replays"): (("replay-ordered", post_replay),),
    ("POST", "/v1/replays/{id:str}/swap"): (("replay-swapped", post_swap),),
    ("POST", "/v1/replays/{id:str}/cancel"): (("replay-cancelled", post_replay_cancel),),
    ("POST", "/moderation/apply"): (("batch-ordered", page_apply),),
    ("POST", "/moderation/batches/{id:str}/cancel"): (("batch-cancelled", page_batch_cancel),),
    ("POST", "/moderation/set-aside/{subject:str}/retry"): (("set-aside-retried", page_retry),),
    ("POST", "/moderation/replays"): (("replay-ordered", page_replay),),
    ("POST", "/moderation/replays/{id:str}/swap"): (("replay-swapped", page_swap),),
    ("POST", "/moderation/replays/{id:str}/cancel"): (("replay-cancelled", page_replay_cancel),),
}
"""Every deed of moderators and admins, by its address."""
