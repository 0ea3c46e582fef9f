"""Open pages that follow the scores: at once, through restarts, and in the very words of the server."""

from typing import Any, Final

from playwright.async_api import Browser, Page, Request, expect

from projections.wilson import wilson_interval
from service.views import words
from tests.browser.test_voting import listed, voting
from tests.browser.visiting import NOTICE, open_page
from tests.support.service import Caller, Service, fresh
from tests.support.up import running_up, temporary_home

SOON_MS: Final = 1_000
RATED_MS: Final = 25_000
"""Ratings are fitted a second after a change, and a page may be remembered for a while."""

POLLED_MS: Final = 25_000
RESUMED_MS: Final = 30_000
WRITE_AS_SCRIPTS_DO: Final = """
async ([address, tallies]) => {
  const {percent, percents, wilson} = await import(address);
  return tallies.map(([ship, votes, z]) => {
    const interval = wilson(ship, votes, z);
    return [percent(ship / votes, interval), percents(interval)];
  });
}
"""
CHARTS: Final = """
[...document.querySelectorAll(".whisker")].map((chart) => [...chart.children].map((part) =>
  [part.localName, part.getAttribute("class"), part.textContent,
   ...["x1", "x2", "y1", "y2", "cx", "cy", "r"].map((name) => part.getAttribute(name))]))
"""


def follows(request: Request) -> bool:
    """Tell whether a page begins to follow scores."""
    return "/v1/scores/stream" in request.url


async def measured(page: Page) -> list[Any]:
    """Read everything about the score on a tool's page, for the eye and for readers."""
    return [await page.locator(".measures").inner_text(), await page.evaluate(CHARTS)]


async def test_a_vote_on_one_page_is_seen_on_another(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with open_page(browser, service.url) as reader, voting(browser, service, tool) as voter:
        async with reader.expect_event("request", follows):
            await reader.goto(f"/tools/{tool}")
        counted = reader.locator(".crowd [data-show=counted]")
        for button, seen in (("Ship", "1 of 1"), ("Skip", "0 of 1")):
            await voter.get_by_role("button", name=button, exact=True).click()
            await expect(counted).to_have_text(f"{seen} vote say ship", timeout=SOON_MS)
        await voter.get_by_role("button", name="Withdraw").click()
        await expect(counted).to_have_text("no votes yet", timeout=SOON_MS)


async def test_what_is_preferred_is_seen_on_comparisons_and_leaderboards(
    browser: Browser, service: Service
) -> None:
    left, right = sorted([await listed(service), await listed(service)])
    async with service.client() as client:
        caller = Caller(service, client)
        category = fresh("category")
        position = max([await caller.list_tool(tool, name=tool, category=category) for tool in (left, right)])
        await caller.score(left, after=position)
        async with open_page(browser, service.url) as comparison, open_page(browser, service.url) as board:
            for page, path in (
                (comparison, f"/compare/{left}-vs-{right}"),
                (board, f"/leaderboards/{category}?by=matchups"),
            ):
                async with page.expect_event("request", follows):
                    await page.goto(path)
            for number in range(1, 3):
                await caller.prefer(left, right, f"voter-{number}", left)
                wins = comparison.locator("[data-show=left_wins]")
                await expect(wins).to_have_text(str(number), timeout=RATED_MS)
                votes = board.locator(".unranked .votes").first
                await expect(votes).to_contain_text(str(number), timeout=RATED_MS)


async def test_what_scripts_show_is_what_the_page_would(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with open_page(browser, service.url) as page, service.client() as client:
        await page.add_init_script(NOTICE)
        async with page.expect_event("request", follows):
            await page.goto(f"/tools/{tool}")
        caller = Caller(service, client)
        for voters, counted in ((1, "1 of 1 vote"), (5, "5 of 5 votes"), (30, "30 of 30 votes")):
            for voter in range(voters):
                await caller.vote(tool, f"voter-{voter}", "ship")
            await expect(page.locator(".crowd [data-show=counted]")).to_contain_text(counted)
            live = await measured(page)
            noticed = await page.evaluate("window.noticed")
            assert (noticed["policy"], noticed["shift"]) == ([], 0)
            async with open_page(browser, service.url) as fresh:
                await fresh.goto(f"/tools/{tool}")
                assert await measured(fresh) == live


async def test_scripts_write_numbers_as_the_pages_do(browser: Browser, service: Service) -> None:
    tallies = [
        (ship, votes)
        for votes in (1, 2, 5, 8, 16, 40, 1_000, 9_999)
        for ship in range(0, votes + 1, max(1, votes // 40))
    ]
    asked = [(ship, votes, z) for ship, votes in tallies for z in (1.959964, 2.575829)]
    async with open_page(browser, service.url) as page:
        await page.goto("/leaderboards/all")
        address = await page.evaluate("document.querySelector('script[src*=\"live.js\"]').src")
        written = await page.evaluate(WRITE_AS_SCRIPTS_DO, [address.replace("live.js", "words.js"), asked])
    for (ship, votes, z), found in zip(asked, written, strict=True):
        interval = wilson_interval(ship=ship, skip=votes - ship, z=z)
        assert found == [words.percent(ship / votes, interval), words.percents(interval)], (ship, votes)


async def test_an_open_page_survives_a_restart(browser: Browser) -> None:
    with temporary_home() as home:
        with running_up(home) as up:
            port = int(up.url.rpartition(":")[2])
            service = Service(up.url, home)
            tool = await listed(service)
            context = await browser.new_context(base_url=up.url)
            page = await context.new_page()
            await page.goto(f"/tools/{tool}")
            await vote(service, tool, "before")
            counted = page.locator(".crowd [data-show=counted]")
            await expect(counted).to_have_text("1 of 1 vote say ship")
        with running_up(home, port=port):
            await vote(service, tool, "after")
            await expect(counted).to_have_text("2 of 2 votes say ship", timeout=RESUMED_MS)
            await vote(service, tool, "later")
            await expect(counted).to_have_text("3 of 3 votes say ship", timeout=RESUMED_MS)
            await context.close()


async def test_without_the_stream_a_page_asks_now_and_then(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with open_page(browser, service.url) as page:
        await page.route("**/v1/scores/stream*", lambda route: route.abort())
        await page.goto(f"/tools/{tool}")
        counted = page.locator(".crowd [data-show=counted]")
        await vote(service, tool, "one")
        await expect(counted).to_have_text("1 of 1 vote say ship", timeout=POLLED_MS)
        async with page.expect_event("request", follows, timeout=POLLED_MS):
            await page.unroute("**/v1/scores/stream*")
        await vote(service, tool, "two")
        await expect(counted).to_have_text("2 of 2 votes say ship", timeout=POLLED_MS)


async def test_a_leaderboard_follows_its_scores(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with service.client() as client, open_page(browser, service.url) as page:
        category = "live-" + tool
        caller = Caller(service, client)
        await caller.score(tool, after=await caller.list_tool(tool, name="Risen", category=category))
        async with page.expect_event("request", follows):
            await page.goto(f"/leaderboards/{category}")
        await expect(page.locator(".unranked")).to_contain_text("Risen")
        for voter in range(6):
            await caller.vote(tool, f"voter-{voter}", "ship")
        await expect(page.locator("table.board")).to_contain_text("Risen", timeout=POLLED_MS)
        await expect(page.locator(".board .value").last).to_contain_text("100")


async def vote(service: Service, tool: str, voter: str) -> None:
    async with service.client() as client:
        await Caller(service, client).vote(tool, voter, "ship")
