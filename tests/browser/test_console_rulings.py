"""A moderator's way in a real browser: from the list over the preview to the batch, and all the way back."""

import re
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.visiting import NOTICE, inaccessible, open_page, overflows
from tests.support.ruling_desk import voted
from tests.support.service import Caller, Service, done, fresh

BATCH: Final = re.compile(r"/moderation/batches/[0-9a-f-]{36}$")
LARGE: Final = 6_000

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


async def score(service: Service, tool: str) -> dict[str, Any]:
    """Read what the crowd says by now."""
    async with service.client() as client:
        events = await client.get(
            "/v1/events", params={"tool": tool, "limit": 1_000}, headers=service.bearing("moderator")
        )
        last = done(events)["items"][-1]["position"]
        return (await Caller(service, client).score(tool, after=last))["community"]


async def filled(service: Service) -> tuple[str, list[int]]:
    """List a tool that eight voters would ship and one would not."""
    async with service.client() as client:
        return await voted(Caller(service, client), *["ship"] * 8, "skip")


@with_and_without_scripts
async def test_from_the_list_to_the_batch_and_back_again(
    browser: Browser, service: Service, *, scripts: bool
) -> None:
    tool, places = await filled(service)
    before = await score(service, tool)
    token = service.token("moderator", "mo")
    async with open_page(browser, service.url, scripts=scripts, session=token) as page:
        await page.goto(f"/moderation/events?tool={tool}")
        for place in places[:3]:
            await page.get_by_role("checkbox", name=f"Tick event {place:,}", exact=True).check()
        await page.get_by_role("button", name="Preview retracting", exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Retract 3 events")
        row = page.get_by_role("row").filter(has_text=tool)
        await expect(row).to_contain_text("88.9")
        await expect(row).to_contain_text("83.3")
        await expect(row).to_contain_text("Flips")
        assert await score(service, tool) == before
        await page.get_by_label("Reason").select_option("fraud")
        await page.get_by_label("Note, for whoever asks later").fill("Same hour")
        await page.get_by_role("button", name="Retract 3 events").click()
        await expect(page).to_have_url(BATCH)
        await expect(page.get_by_role("status")).to_have_text("Done")
        after = await score(service, tool)
        assert (after["ship"], after["skip"]) == (5, 1)
        await page.get_by_role("button", name="Preview reverting it").click()
        await expect(page.get_by_label("Reason")).to_have_value("fraud")
        await page.get_by_role("button", name="Reinstate 3 events").click()
        await expect(page).to_have_url(BATCH)
        await expect(page.get_by_role("status")).to_have_text("Done")
        assert await score(service, tool) == before
        await page.goto(f"/moderation/events/{places[0]}")
        await expect(page.locator("main")).to_contain_text("counts")


@with_and_without_scripts
async def test_a_large_batch_is_watched_until_it_has_ended(
    browser: Browser, service: Service, *, scripts: bool
) -> None:
    tool = fresh()
    async with service.client() as client:
        caller = Caller(service, client)
        await caller.list_tool(tool)
        lines = "".join(f'{{"tool": "{tool}", "voter": "v{n}", "choice": "ship"}}\n' for n in range(LARGE))
        await caller.batch(lines.encode())
    token = service.token("moderator", "mo")
    async with open_page(browser, service.url, scripts=scripts, session=token) as page:
        await page.goto(f"/moderation/events?tool={tool}&type=VoteCast")
        await page.get_by_role("button", name="Preview retracting all").click()
        await page.get_by_label("Reason").select_option("spam")
        await page.get_by_role("button", name=f"Retract {LARGE:,} events").click()
        await expect(page).to_have_url(BATCH)
        if scripts:
            await expect(page.get_by_role("status")).to_have_text("Done", timeout=60_000)
        else:
            await look_again(page)
        await expect(page.locator("main")).to_contain_text(f"{LARGE:,} retracted and 0 left as they were")
        await expect(page.get_by_role("button", name="Preview reverting it")).to_be_visible()


async def look_again(page: Page) -> None:
    """Follow the link that is there while a batch runs."""
    link = page.get_by_role("link", name="Look again")
    for _ in range(LARGE):
        if not await link.count():
            return
        await link.click()


async def test_a_preview_is_accessible_and_fits_every_width(browser: Browser, service: Service) -> None:
    tool, places = await filled(service)
    async with service.client() as client:
        caller = Caller(service, client)
        await caller.list_tool(other := fresh("z" * 60))
        await caller.prefer(tool, other, "ann", "tie", context="framing")
    token = service.token("moderator", "mo")
    async with open_page(browser, service.url, session=token) as page:
        await page.add_init_script(NOTICE)
        await page.goto(f"/moderation/events?tool={tool}")
        await page.get_by_role("button", name="Preview retracting all").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Retract 10 events")
        await expect(page.get_by_role("table")).to_have_count(2)
        assert len(places) == 9
        assert await page.evaluate("window.noticed.policy") == []
        assert not any((await overflows(page)).values())
        assert await inaccessible(page) == []
