"""Every action of a moderator or admin leaves one line in the audit list, whichever way it was given."""

import asyncio
import html
import re
from collections.abc import AsyncGenerator, Generator
from typing import Final
from uuid import uuid4

import pytest

from events.log.audit import AuditAction
from service.pages.console.audit import SAID
from service.pages.handlers import PAGES
from service.routes import ROUTES
from tests.support.console import NOBODYS, words
from tests.support.deeds import AUDIT, DEEDS, LOOK_S, LOOKS_MAX, Desk, Do, voted
from tests.support.forms import PAGE, sign_in
from tests.support.rulebook import OLD, calling, own_service
from tests.support.service import PANELIST, TOOL, Caller, Service, done, fresh

WRITING: Final = {"POST", "PUT", "PATCH", "DELETE"}

UNTOLD: Final = {
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("POST", "/moderation/preview"),
    ("POST", "/moderation/batches/{id:str}/revert-preview"),
}
"""Deeds that change nothing but what the one browser shows."""

EACH: Final = [
    pytest.param(action, do, id=f"{action} by {path}")
    for (_, path), deeds in DEEDS.items()
    for action, do in deeds
]


@pytest.fixture(scope="module")
def service() -> Generator[Service]:
    """A service of this module's own, whose rules and read models nobody else leans on."""
    with own_service() as service:
        yield service


@pytest.fixture
async def desk(service: Service) -> AsyncGenerator[Desk]:
    """An admin whose name no other test uses; the rules are as before afterwards."""
    async with calling(service) as caller:
        name = fresh("ada")
        await sign_in(service, caller.client, service.token("admin", name))
        yield Desk(service, caller.client, name, "admin")


async def test_whatever_moderators_and_admins_may_do_is_known_here_and_leaves_no_line_if_refused(
    service: Service,
) -> None:
    taken: set[tuple[str, str]] = set()
    for role in ("moderator", "admin"):
        async with service.client() as client:
            desk = Desk(service, client, fresh("eve"), role)
            for method, path in written():
                client.cookies.clear()
                await sign_in(service, client, service.token(role, desk.name))
                address = re.sub(r"\{\w+:str\}", NOBODYS, path.replace("{pair:str}", "a-vs-b"))
                if path.startswith("/v1/"):
                    answer = await desk.ask(method, address, content=b"{")
                else:
                    answer = await desk.post(address, left="a", right="b")
                assert answer.status_code in {303, 400, 403, 404, 422}, f"{method} {path}: {answer.text}"
                if "This role may not do this" not in answer.text:
                    taken.add((method, path))
            assert await desk.lines() == []
    assert taken - UNTOLD == set(DEEDS)


def written() -> list[tuple[str, str]]:
    """Name every address that can be written to."""
    return [
        (method, path)
        for handler in (*ROUTES, *PAGES)
        for method in sorted(handler.http_methods & WRITING)
        for path in sorted(handler.paths)
    ]


@pytest.mark.parametrize(("action", "do"), EACH)
async def test_a_deed_leaves_one_line(desk: Desk, action: AuditAction, do: Do) -> None:
    answer = await do(desk)
    assert answer.status_code in {200, 201, 202, 303}, answer.text
    [line] = await desk.lines()
    assert (line["who"], line["role"], line["action"]) == (desk.name, "admin", action)
    assert line["what"]
    page = await desk.client.get("/moderation/audit", params={"who": desk.name}, headers=PAGE)
    said = words(page.text)
    assert SAID[action] in said
    assert line["what"] in said
    linked = re.search(rf'<a href="(/moderation/[^"]+)">{line["what"]}</a>', page.text)
    assert linked
    assert (await desk.client.get(html.unescape(linked[1]), headers=PAGE)).status_code == 200
    if "replay" in action:
        await settled(desk)


async def settled(caller: Caller) -> None:
    """Wait until no replay is going on."""
    for _ in range(LOOKS_MAX):
        replays = done(await caller.call("GET", "/v1/replays", role="moderator"))["items"]
        if all(replay["state"] not in {"running", "ready"} for replay in replays):
            return
        await asyncio.sleep(LOOK_S)
    raise TimeoutError


async def test_what_changes_nothing_or_is_sent_again_leaves_no_second_line(desk: Desk) -> None:
    tool = fresh()
    key = {"Idempotency-Key": uuid4().hex}
    for headers in (key, key, {}):
        await desk.ask("PUT", f"/v1/tools/{tool}", json=TOOL, headers=headers)
    order = {"action": "retract", "select": {"positions": [await voted(desk)]}, "reason": "spam"}
    for body in (order | {"dry_run": True}, order, order):
        await desk.ask("POST", "/v1/moderation/batches", json=body, headers={} if "dry_run" in body else key)
    await desk.ask("POST", f"/v1/rules/{OLD}/adopt")
    assert [line["action"] for line in await desk.lines()] == ["batch-ordered", "tool-listed"]


async def test_the_list_is_paged_and_filtered(desk: Desk) -> None:
    for _ in range(3):
        await desk.ask("PUT", f"/v1/tools/{fresh()}", json=TOOL)
    await desk.ask("PUT", f"/v1/panelists/{fresh()}", json=PANELIST)
    newest, *rest = await desk.lines()
    assert newest["action"] == "panelist-seated"
    asked = {"who": desk.name, "action": "tool-listed", "limit": 2}
    page = done(await desk.ask("GET", AUDIT, params=asked))
    last = done(await desk.ask("GET", AUDIT, params={**asked, "cursor": page["next"]}))
    assert page["items"] + last["items"] == rest
    assert last["next"] is None
    shown = words((await desk.client.get("/moderation/audit", params=asked, headers=PAGE)).text)
    assert (shown.count("listed a tool tool-"), "seated a panelist panelist" in shown) == (3, False)
    for wrong in ({"action": "dreamt"}, {"cursor": "YWJj"}, {"limit": 0}, {"what": "x"}, {"who": "a\0"}):
        assert (await desk.ask("GET", AUDIT, params=wrong)).status_code == 400
    for role, status in ((None, 401), ("voter", 403), ("service", 403)):
        assert (await desk.call("GET", AUDIT, role=role)).status_code == status


def test_every_action_has_words() -> None:
    assert {action for deeds in DEEDS.values() for action, _ in deeds} | {"review-revised"} == set(SAID)
