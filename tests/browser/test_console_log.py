"""Moderators work with the log: filter it, read it to its end, tick what they mean."""

from typing import Any, Final
from urllib.parse import parse_qs

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.site import LONG, VOTED
from tests.browser.visiting import open_page
from tests.support.service import Caller, Service, done

LOG: Final = "/moderation/events"
SCROLLS_MAX: Final = 20

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


async def events(service: Service, **asked: str) -> list[dict[str, Any]]:
    """Read the log as programs do, newest first."""
    async with service.client() as client:
        params = {**asked, "limit": "1000"}
        answer = await Caller(service, client).call("GET", "/v1/events", role="moderator", params=params)
    return done(answer)["items"][::-1]


async def rows(page: Page) -> list[int]:
    """Return the positions of the rows that are shown, in their order."""
    found = await page.locator("#rows .position").all_inner_texts()
    return [int(text.replace(",", "")) for text in found]


async def sent(page: Page, button: str) -> dict[str, list[str]]:
    """Press a button of a form; return what it sends to the preview, which is not asked for it."""
    forms: list[dict[str, list[str]]] = []

    async def take(route: Route) -> None:
        forms.append(parse_qs(route.request.post_data or ""))
        await route.fulfill(content_type="text/html", body="<h1>Taken</h1>")

    await page.route("**/moderation/preview", take)
    await page.get_by_role("button", name=button, exact=True).click()
    await expect(page.get_by_role("heading")).to_have_text("Taken")
    assert forms[0].pop("csrf")
    return forms[0]


@with_and_without_scripts
async def test_what_is_filtered_and_ticked_goes_to_the_preview(
    browser: Browser, service: Service, *, scripts: bool
) -> None:
    token = service.token("moderator", "mo")
    first, second = [event["position"] for event in await events(service, tool=VOTED, type="VoteCast")][:2]
    async with open_page(browser, service.url, scripts=scripts, session=token) as page:
        await page.goto(LOG)
        await page.get_by_label("Tool", exact=True).fill(VOTED)
        await page.get_by_label("Type", exact=True).select_option("Vote")
        await page.get_by_label("Recorded from, UTC").fill("2020-01-01T00:00:07")
        await page.get_by_role("button", name="Show").click()
        for position in (first, second):
            await page.get_by_role("checkbox", name=f"Tick event {position:,}", exact=True).check()
        assert await sent(page, "Preview retracting") == {
            "scope": ["rows"],
            "action": ["retract"],
            "position": [str(first), str(second)],
        }
        await page.go_back()
        assert await sent(page, "Preview reinstating all") == {
            "scope": ["all"],
            "action": ["reinstate"],
            "tool": [VOTED],
            "type": ["VoteCast"],
            "from": ["2020-01-01T00:00:07"],
        }


async def test_who_scrolls_to_the_end_gets_every_row_once_and_keeps_what_is_ticked(
    browser: Browser, service: Service
) -> None:
    wanted = [event["position"] for event in await events(service, tool=LONG)]
    assert len(wanted) > 50
    async with open_page(browser, service.url, session=service.token("moderator", "mo")) as page:
        await page.goto(f"{LOG}?tool={LONG}")
        ticked = page.get_by_role("checkbox", name=f"Tick event {wanted[0]:,}", exact=True)
        await ticked.check()
        await page.locator("footer").scroll_into_view_if_needed()
        await expect(page.get_by_role("status")).to_have_text(f"{len(wanted)} events shown. That is all")
        assert await rows(page) == wanted
        await expect(page.locator("#older")).to_have_count(0)
        await expect(ticked).to_be_checked()
        await expect(ticked).to_be_focused()
        every = page.get_by_role("checkbox", name="Tick all that are shown")
        await expect(every).to_be_checked(indeterminate=True)
        await every.check()
        boxes = await page.locator('#rows input[name="position"]').count()
        assert len((await sent(page, "Preview retracting"))["position"]) == boxes > 50


async def test_without_scripts_a_link_leads_on_to_the_end(browser: Browser, service: Service) -> None:
    wanted = [event["position"] for event in await events(service, tool=LONG)]
    found: list[int] = []
    async with open_page(
        browser, service.url, scripts=False, session=service.token("moderator", "mo")
    ) as page:
        await page.goto(f"{LOG}?tool={LONG}")
        for _ in range(SCROLLS_MAX):
            found += await rows(page)
            older = page.get_by_role("link", name="Older events")
            if not await older.count():
                break
            await older.click()
    assert found == wanted


async def test_a_page_that_cannot_be_loaded_is_told_and_the_link_stays(
    browser: Browser, service: Service
) -> None:
    async with open_page(browser, service.url, session=service.token("moderator", "mo")) as page:
        await page.goto(f"{LOG}?tool={LONG}")
        await page.route("**before=*", lambda route: route.abort())
        await page.locator("footer").scroll_into_view_if_needed()
        await expect(page.get_by_role("status")).to_have_text("Older events could not be loaded.")
        await page.unroute("**before=*")
        await page.get_by_role("link", name="Older events").click()
        await expect(page.get_by_role("status")).to_contain_text("That is all")
