"""Work in the background as moderators see it in a browser: followed, decided on, mended."""

import asyncio
import re
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from events.ids import tool_subject
from service.pages.session.cookies import SESSION
from tests.browser.test_every_page import HTML, complaints
from tests.browser.visiting import NOTICE, open_page, visit
from tests.support.bad_events import spoil
from tests.support.ending import end_replays
from tests.support.service import Caller, Service, fresh
from tests.support.up import running_up, temporary_home

REPLAYS: Final = "/moderation/replays"
READY: Final = "Ready: it waits for your decision"
FOLLOWED_MS: Final = 20_000
RESUMED_MS: Final = 30_000
HOLD_COMPARING_ON: Final = "SELECT pg_advisory_lock(7320, 3)"
HOLD_COMPARING: Final = "SELECT pg_advisory_xact_lock(7320, 3)"
SET_ASIDE_PAGE: Final = "/moderation/set-aside"
SET_ASIDE: Final = """
INSERT INTO read.set_aside VALUES ($1, $2, 'VoteCast', '?', now(), 0, now() + interval '1 hour')
ON CONFLICT DO NOTHING
"""
LET_IT_REST: Final = "UPDATE read.set_aside SET retry_at = now() + interval '1 hour' WHERE subject_id = $1"
TAMPER: Final = "UPDATE read.community SET ship = ship + 1000 WHERE subject_id = $1"


@pytest.fixture(autouse=True)
async def no_replay_left(service: Service) -> AsyncGenerator[None]:
    """Leave no replay going on to other tests."""
    yield
    async with service.client() as client:
        await end_replays(Caller(service, client))


@asynccontextmanager
async def desk(browser: Browser, service: Service, *, scripts: bool = True) -> AsyncGenerator[Page]:
    """Open a page as somebody who moderates."""
    session = service.token("moderator", "mo")
    async with open_page(browser, service.url, scripts=scripts, session=session) as page:
        yield page


async def order(page: Page, *models: str, then: str = "Compare first") -> str:
    """Order a replay of these models, of all if none is named; return the address of its page."""
    await page.goto(REPLAYS)
    for box in await page.get_by_role("checkbox").all():
        if models and await box.get_attribute("value") not in models:
            await box.uncheck()
    await page.get_by_role("radio", name=then).check()
    await page.get_by_role("button", name="Start the replay").click()
    await page.wait_for_url(f"**{REPLAYS}/*")
    return page.url


def state(page: Page) -> Locator:
    """Find what a replay's page says of its state."""
    return page.locator(".going .state")


async def voted_wrongly(service: Service) -> str:
    """List a tool of one vote that is shown a thousand too many."""
    tool = fresh()
    async with service.client() as client, service.owner() as owner:
        caller = Caller(service, client)
        await caller.list_tool(tool)
        await caller.score(tool, after=(await caller.vote(tool, "ann", "ship"))["position"])
        await owner.execute(TAMPER, tool_subject(tool))
    return tool


async def test_a_replay_is_followed_compared_and_swapped_in_on_one_page(
    browser: Browser, service: Service
) -> None:
    tool = await voted_wrongly(service)
    async with desk(browser, service) as page:
        await page.add_init_script(NOTICE)
        async with service.owner() as owner, owner.transaction():
            await owner.execute(HOLD_COMPARING)
            address = await order(page)
            await expect(state(page)).to_have_text("Running")
            await expect(page.locator("[data-show=left]")).to_have_text("comparing with what is served")
            await expect(page.get_by_role("button", name="Swap in")).to_have_count(0)
            await page.evaluate("window.stays = true")
        await expect(state(page)).to_have_text(READY)
        differing = page.locator(".examples tbody", has=page.get_by_role("link", name=tool))
        await expect(differing.get_by_role("cell")).to_have_text(["ship", "1,001", "1"])
        assert await page.evaluate("window.stays") is True
        assert await page.evaluate("window.noticed.policy") == []
        await page.get_by_role("button", name="Swap in").click()
        await expect(state(page)).to_have_text("Swapped in")
        assert page.url == address
        await expect(page.get_by_role("button", name=re.compile("Swap in|Cancel"))).to_have_count(0)
        await page.goto(f"/tools/{tool}")
        await expect(page.locator(".crowd [data-show=counted]")).to_have_text("1 of 1 vote say ship")


async def test_without_scripts_a_replay_is_looked_at_again_and_cancelled(
    browser: Browser, service: Service
) -> None:
    async with desk(browser, service, scripts=False) as page:
        async with service.owner() as owner, owner.transaction():
            await owner.execute(HOLD_COMPARING)
            address = await order(page, "community")
            await expect(state(page)).to_have_text("Running")
        for _ in range(100):
            if await state(page).inner_text() != "Running":
                break
            await page.get_by_role("link", name="Look again").click()
        await expect(state(page)).to_have_text(READY)
        await order_refused(page, address)
        await page.get_by_role("link", name="Look at that replay").click()
        await page.get_by_role("button", name="Cancel the replay").click()
        await expect(state(page)).to_have_text("Cancelled")
        assert page.url == address


async def order_refused(page: Page, going_on: str) -> None:
    """Order what is being rebuilt already."""
    await page.goto(REPLAYS)
    await page.get_by_role("button", name="Start the replay").click()
    await expect(page.get_by_role("alert")).to_contain_text(f"The replay {going_on.rpartition('/')[2]}")


async def test_where_the_stream_is_cut_off_the_page_asks_now_and_then(
    browser: Browser, service: Service
) -> None:
    async with desk(browser, service) as page:
        await page.route("**/stream", lambda route: route.abort())
        async with service.owner() as owner, owner.transaction():
            await owner.execute(HOLD_COMPARING)
            await order(page, "community")
            await expect(state(page)).to_have_text("Running")
            await page.get_by_role("button", name="Cancel the replay").focus()
        await expect(state(page)).to_have_text(READY, timeout=FOLLOWED_MS)
        await expect(page.get_by_role("button", name="Swap in")).to_be_visible()


async def test_a_replay_that_differs_is_shown_as_every_page_is(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    await voted_wrongly(service)
    async with desk(browser, service) as page:
        address = await order(page, "community")
        await expect(state(page)).to_have_text(READY)
        session = service.token("moderator", "mo")
        seen = await visit(browser, service.url, address, session=session)
        assert (seen.axe, seen.policy, seen.errors, seen.shift) == ([], [], [], 0)
        assert not any(seen.overflow.values()), seen.overflow
        answer = await page.request.get(address, headers=HTML)
        (tmp_path / "replay.html").write_text(await answer.text(), "utf-8")
        assert await complaints(tmp_path) == ""


async def test_what_is_set_aside_is_told_on_an_open_page_and_tried_again(
    browser: Browser, service: Service
) -> None:
    tool = await voted_wrongly(service)
    async with service.client() as client, service.owner() as owner, desk(browser, service) as page:
        caller = Caller(service, client)
        position = (await caller.vote(tool, "bob", "skip"))["position"]
        await page.goto("/moderation")
        head = page.locator(".desk .big")
        await expect(head).to_have_text(f"{position:,}")
        aside = page.locator(".well").get_by_text("set aside.")
        await expect(aside).to_have_count(0)
        await spoil(owner, position, "schema = 7")
        await owner.execute(SET_ASIDE, tool_subject(tool), position)
        await expect(aside).to_be_visible(timeout=FOLLOWED_MS)
        await page.get_by_role("link", name="See why").click()
        entry = page.get_by_role("article", name=tool)
        retry = entry.get_by_role("button", name="Try again now")
        await retry.click()
        await expect(page.get_by_role("status")).to_contain_text(f"The subject {tool} is still set aside")
        await expect(entry.locator(".why")).to_have_text(
            "event type 'VoteCast' at schema 7 is not known to this build"
        )
        await expect(entry.get_by_role("link", name=f"{position:,}")).to_be_visible()
        await owner.execute(LET_IT_REST, tool_subject(tool))  # else a worker may be ahead
        await spoil(owner, position, "schema = 1")
        await retry.click()
        await expect(page.get_by_role("status")).to_contain_text("no longer set aside")
        await expect(entry).to_have_count(0)


async def test_open_pages_go_on_through_a_restart(browser: Browser) -> None:
    with temporary_home() as home:
        with running_up(home) as up:
            port = int(up.url.rpartition(":")[2])
            service = Service(up.url, home)
            async with service.client() as client:
                caller = Caller(service, client)
                tool = fresh()
                await caller.score(tool, after=await caller.list_tool(tool))
            context = await browser.new_context(base_url=up.url)
            await context.add_cookies([{"name": SESSION, "value": service.token("moderator"), "url": up.url}])
            overview, replay = await context.new_page(), await context.new_page()
            await overview.goto("/moderation")
            await expect(overview.locator(".well")).to_contain_text("All is well")
            await overview.goto(SET_ASIDE_PAGE)
            await expect(overview.locator(".nothing")).to_contain_text("Nothing is set aside")
            await overview.goto("/moderation")
            async with service.owner() as owner:
                await owner.execute(HOLD_COMPARING_ON)
                await order(replay)
                await expect(state(replay)).to_have_text("Running")
                await asyncio.to_thread(up.end, signal.SIGTERM)
        with running_up(home, port=port):
            await expect(state(replay)).to_have_text(READY, timeout=RESUMED_MS)
            await expect(overview.locator(".well")).to_contain_text("is ready", timeout=RESUMED_MS)
            await context.close()
