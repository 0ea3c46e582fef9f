"""Readers use the pages: find, compare, look back, with and without scripts, by keyboard alone."""

import re
from typing import Final

import pytest
from playwright.async_api import Browser, Request, expect

from tests.browser.site import BARE, CATEGORY, CHAMPION, DEMO_TOOL, LARGE, LARGE_TOOLS, VOTED
from tests.browser.visiting import SCHEMES, open_page
from tests.support.service import Service, done

WEIGHT_BYTES_MAX: Final = 60 * 1024
DASH: Final = "\N{EN DASH}"
COLUMNS: Final = (
    "[...document.querySelectorAll('.board thead th')].map((head) => head.getBoundingClientRect().x)"
)
LATER_ROWS_GO: Final = "document.querySelectorAll('.board tbody tr + tr').forEach((row) => row.remove())"
VOTES_GROW: Final = "document.querySelector('.board .votes').textContent = '9'.repeat(60)"

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@with_and_without_scripts
async def test_the_front_page_leads_to_a_leaderboard_and_on_to_a_tool(
    browser: Browser, service: Service, *, scripts: bool
) -> None:
    async with open_page(browser, service.url, scripts=scripts) as page:
        await page.goto("/")
        await page.get_by_role("heading", name="Language models").get_by_role("link").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Language models")
        await page.get_by_role("link", name="GPT-5 Mini API").click()
        await expect(page).to_have_url(f"{service.url}/tools/{DEMO_TOOL}")
        await expect(page.get_by_role("heading", level=1)).to_have_text("GPT-5 Mini API")


@with_and_without_scripts
async def test_a_pair_that_is_searched_for_is_offered_to_compare(
    browser: Browser, service: Service, *, scripts: bool
) -> None:
    async with open_page(browser, service.url, scripts=scripts) as page:
        await page.goto("/")
        await page.get_by_role("searchbox").fill("llama 4 vs gpt")
        await page.get_by_role("button", name="Search").click()
        pair = page.get_by_role("link", name="Llama 4 Compact (12B) vs GPT-5 Mini API")
        await expect(pair).to_have_attribute("href", "/compare/gpt-5-mini-api-vs-llama-4-compact-12b")


async def test_a_search_answers_while_one_types(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto("/search")
        await page.get_by_role("searchbox").press_sequentially("qwen")
        await expect(page.get_by_role("link", name="Qwen2.5-14B")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_text("1 tool")
        await expect(page).to_have_url(f"{service.url}/search?q=qwen")
        await expect(page.get_by_role("searchbox")).to_be_focused()


async def test_a_tools_numbers_are_those_of_its_score(browser: Browser, service: Service) -> None:
    async with service.client() as client:
        score = done(await client.get(f"/v1/tools/{VOTED}/score"))
    crowd, panel = score["community"], score["panel"]
    async with open_page(browser, service.url) as page:
        await page.goto(f"/tools/{VOTED}")
        shown = page.locator(".measure.crowd")
        await expect(shown.locator(".big")).to_have_text(re.compile(rf"^{round(100 * crowd['share'])}\s%$"))
        await expect(shown.locator(".counted")).to_have_text(
            f"{crowd['ship']} of {crowd['votes']} votes say ship"
        )
        low, high = (round(100 * bound) for bound in crowd["interval"])
        await expect(shown.locator(".range")).to_contain_text(f"{low}{DASH}{high}")
        await expect(page.locator(".excluded").first).to_contain_text(
            "10 votes taken out of the count: 10 for fraud"
        )
        assert panel["share"] is None
        await expect(page.locator(".measure.panel .big")).to_have_text("—")


async def test_a_history_marks_what_was_retracted_and_is_all_in_a_table(
    browser: Browser, service: Service
) -> None:
    async with service.client() as client:
        history = done(await client.get(f"/v1/tools/{VOTED}/history", params={"bucket": "hour"}))
    async with open_page(browser, service.url) as page:
        await page.goto(f"/tools/{VOTED}")
        chart = page.get_by_role("img", name="The crowd's share for Voted for weeks over time")
        await expect(chart).to_be_visible()
        await expect(chart.locator(".mark")).to_have_count(1)
        await expect(chart.locator(".corrected")).to_have_count(1)
        await expect(page.locator(".rulings li")).to_contain_text(
            "10 votes or reviews taken out of the count: fraud"
        )
        await page.get_by_text("As a table").click()
        rows = page.locator("section.scroll tbody tr")
        assert 1 < await rows.count() <= len(history["items"])
        await expect(rows.first).to_be_visible()


async def test_a_reader_is_told_why_a_number_changed(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(f"/tools/{VOTED}")
        ruled = page.locator(".changes li.retract")
        await expect(ruled).to_have_count(1)
        await expect(ruled).to_contain_text("taken out of the count: fraud")
        await expect(ruled).to_contain_text(re.compile(r"Crowd [\d.]+\s%.*[\d.]+\s%"))


async def test_a_tool_is_held_against_those_it_met_and_others_of_its_category(
    browser: Browser, service: Service
) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(f"/tools/{VOTED}")
        meetings = page.locator(".meetings li")
        await expect(meetings.filter(has_text="Champion")).to_contain_text("0 to 8")
        await expect(meetings.filter(has_text="Champion").get_by_role("link")).to_have_attribute(
            "href", f"/compare/{CHAMPION}-vs-{VOTED}"
        )
        await expect(meetings.filter(has_text="Bare").locator(".result")).to_have_count(0)


async def test_ties_are_shown_as_ties(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto("/leaderboards/language-models")
        await expect(page.locator("tbody .rank").first).to_have_text(f"1{DASH}8")


async def test_tools_without_a_rank_are_listed_apart(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(f"/leaderboards/{CATEGORY}")
        await expect(
            page.get_by_role("region", name="Not ranked").get_by_role("link", name="Bare")
        ).to_be_visible()
        await expect(page.get_by_role("table").get_by_role("link", name="Bare")).to_have_count(0)


async def test_a_tool_that_won_all_its_matchups_has_no_upper_bound(
    browser: Browser, service: Service
) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(f"/leaderboards/{CATEGORY}?by=matchups")
        row = page.get_by_role("row", name="Champion")
        await expect(row).to_contain_text("16 matchups")
        await expect(row).to_contain_text("won all its matchups: no upper bound")
        await expect(row.locator(".span.open")).to_have_count(1)
        await expect(row.locator(".cap")).to_have_count(1)


async def test_matchups_are_ranked_use_case_by_use_case(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(f"/leaderboards/{CATEGORY}?by=matchups")
        await page.get_by_label("Use case").select_option("framing")
        await expect(page).to_have_url(re.compile("context=framing"))
        await expect(page.get_by_role("table").get_by_role("link", name="Champion")).to_have_count(0)


async def test_a_large_leaderboard_comes_page_by_page(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(f"/leaderboards/{LARGE}")
        await expect(page.locator("main .pages")).to_contain_text(f"1{DASH}50 of {LARGE_TOOLS}")
        await page.get_by_role("link", name="Next").click()
        await expect(page.locator("main .pages")).to_contain_text(f"51{DASH}{LARGE_TOOLS} of {LARGE_TOOLS}")
        await page.get_by_role("link", name="Previous").click()
        await expect(page).to_have_url(f"{service.url}/leaderboards/{LARGE}")


@pytest.mark.parametrize("board", [CATEGORY, "all?by=panel", f"{CATEGORY}?by=matchups"])
async def test_the_columns_of_a_leaderboard_stay_where_they_are_whatever_rows_come(
    browser: Browser, service: Service, board: str
) -> None:
    """A long page is painted before its last rows are there, and a number may grow by a digit later."""
    async with open_page(browser, service.url) as page:
        await page.goto(f"/leaderboards/{board}")
        whole = await page.evaluate(COLUMNS)
        await page.evaluate(LATER_ROWS_GO)
        assert await page.evaluate(COLUMNS) == whole
        await page.evaluate(VOTES_GROW)
        assert await page.evaluate(COLUMNS) == whole


@with_and_without_scripts
async def test_a_leaderboard_is_shown_as_it_stood_on_a_date(
    browser: Browser, service: Service, *, scripts: bool
) -> None:
    async with open_page(browser, service.url, scripts=scripts) as page:
        await page.goto("/leaderboards/all")
        await page.get_by_label("As it stood on").fill("2001-09-09")
        if not scripts:
            await page.get_by_role("button", name="Show").click()
        await expect(page.locator(".deck")).to_contain_text("as it stood at 9 Sep 2001, 23:59 UTC")
        await expect(page.locator("main")).to_contain_text("No tool was listed then.")
        await page.get_by_role("link", name="Back to now").click()
        await expect(page).to_have_url(f"{service.url}/leaderboards/all")


async def test_the_keyboard_leads_past_the_head_of_the_page(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(f"/tools/{BARE}")
        await page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()


async def test_what_has_the_focus_is_seen_to_have_it(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto("/")
        for _ in range(4):
            await page.keyboard.press("Tab")
            outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"


async def test_the_colours_are_those_that_the_reader_prefers(browser: Browser, service: Service) -> None:
    seen: list[str] = []
    async with open_page(browser, service.url) as page:
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.goto("/")
            seen.append(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert seen == ["rgb(251, 250, 248)", "rgb(22, 20, 18)"]


async def test_nothing_moves_for_who_wants_it_still(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.emulate_media(reduced_motion="reduce")
        await page.goto("/")
        still = "getComputedStyle(document.querySelector('main a')).transitionDuration"
        assert await page.evaluate(still) == "0s"


@pytest.mark.parametrize("path", ["/", f"/tools/{VOTED}", f"/leaderboards/{LARGE}"])
async def test_a_page_is_light_on_the_wire(browser: Browser, service: Service, path: str) -> None:
    loaded: list[Request] = []
    async with open_page(browser, service.url) as page:
        # Streams go on; what they send is not the page.
        page.on("requestfinished", lambda request: loaded.append(request))  # noqa: PLW0108 - Playwright marks it
        await page.goto(path)
        sizes = [await request.sizes() for request in loaded]
    assert {request.resource_type for request in loaded} >= {"document", "stylesheet", "script"}
    assert sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes) <= WEIGHT_BYTES_MAX
