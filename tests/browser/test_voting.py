"""Voting on the pages in a real browser: with and without scripts, an account, a mouse."""

import asyncio
import re
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import Final

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.visiting import NOTICE, inaccessible, open_page
from tests.support.service import Caller, Service, fresh
from tests.support.up import running_up, temporary_home

VOTED_SHIP: Final = "You voted ship."
VOTED_SKIP: Final = "You voted skip."


@pytest.fixture(scope="module")
def open_service(browser: Browser) -> Generator[Service]:
    """A service that takes votes of people without an account."""
    _ = browser
    allow = {"OSTRAKA_ANONYMOUS_VOTES": "allow"}
    with temporary_home() as home, running_up(home, env=allow) as up:
        yield Service(up.url, home)
        assert "a request met a defect" not in up.errors.read_text()


async def listed(service: Service) -> str:
    """List a tool and wait until it has a page."""
    tool = fresh()
    async with service.client() as client:
        caller = Caller(service, client)
        await caller.score(tool, after=await caller.list_tool(tool))
    return tool


@asynccontextmanager
async def voting(
    browser: Browser, service: Service, tool: str, *, scripts: bool = True
) -> AsyncGenerator[Page]:
    """Open a tool's page as somebody who has signed in with a token."""
    async with open_page(browser, service.url, scripts=scripts) as page:
        await page.goto(f"/tools/{tool}")
        await page.get_by_role("link", name="Sign in to vote").click()
        await page.get_by_label("Token").fill(service.token("voter", fresh("voter")))
        await page.get_by_role("button", name="Sign in").click()
        await expect(page).to_have_url(f"{service.url}/tools/{tool}#vote-{tool}")
        yield page


async def check(page: Page, *, said: str, ship: int, votes: int) -> None:
    """Check what the page says of one's vote and of the crowd's."""
    await expect(page.locator("form.vote .said")).to_have_text(said)
    counted = f"{ship} of {votes} vote{'s' if votes != 1 else ''} say ship" if votes else "no votes yet"
    await expect(page.locator(".crowd [data-show=counted]")).to_have_text(counted)


@pytest.mark.parametrize(("scripts", "withdrawn"), [(True, "Your vote is withdrawn."), (False, "")])
async def test_a_vote_is_counted_changed_and_withdrawn(
    browser: Browser, service: Service, *, scripts: bool, withdrawn: str
) -> None:
    tool = await listed(service)
    async with voting(browser, service, tool, scripts=scripts) as page:
        await check(page, said="", ship=0, votes=0)
        await expect(page.locator(".record .nothing")).to_have_text("Nobody has voted yet.")
        await page.get_by_role("button", name="Ship", exact=True).click()
        await check(page, said=VOTED_SHIP, ship=1, votes=1)
        await expect(page.locator(".record .nothing")).to_contain_text("All votes so far came within one")
        await expect(page.get_by_role("button", name="Ship", exact=True, pressed=True)).to_be_visible()
        await page.get_by_role("button", name="Skip", exact=True).click()
        await check(page, said=VOTED_SKIP, ship=0, votes=1)
        await page.reload()
        await check(page, said=VOTED_SKIP, ship=0, votes=1)
        await page.get_by_role("button", name="Withdraw").click()
        await check(page, said=withdrawn, ship=0, votes=0)


async def test_with_scripts_the_page_stays_and_the_focus_with_it(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with voting(browser, service, tool) as page:
        await page.evaluate("window.stays = true")
        ship = page.get_by_role("button", name="Ship", exact=True)
        await ship.focus()
        await page.keyboard.press("Enter")
        await check(page, said=VOTED_SHIP, ship=1, votes=1)
        await expect(ship).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        await check(page, said=VOTED_SKIP, ship=0, votes=1)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await check(page, said="Your vote is withdrawn.", ship=0, votes=0)
        await expect(ship).to_be_focused()
        assert await page.evaluate("window.stays")


async def test_a_click_while_the_last_vote_is_on_its_way_counts(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with voting(browser, service, tool) as page:
        clicked = asyncio.Event()

        async def hold(route: Route) -> None:
            await clicked.wait()
            await route.continue_()

        await page.route(f"**/tools/{tool}/vote", hold)
        for name in ("Ship", "Skip", "Ship", "Skip"):
            await page.get_by_role("button", name=name, exact=True).click()
        clicked.set()
        await check(page, said=VOTED_SKIP, ship=0, votes=1)


async def test_a_button_that_is_pressed_while_the_page_changes_is_clicked(
    browser: Browser, service: Service
) -> None:
    tool = await listed(service)
    async with voting(browser, service, tool) as page:
        await page.get_by_role("button", name="Skip", exact=True).hover()
        await page.mouse.down()
        await page.evaluate(
            "document.querySelector('form.vote').requestSubmit(document.querySelector('[value=ship]'))"
        )
        await check(page, said=VOTED_SHIP, ship=1, votes=1)
        await page.mouse.up()
        await check(page, said=VOTED_SKIP, ship=0, votes=1)


async def test_a_keyboard_alone_signs_in_votes_and_signs_out(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with open_page(browser, service.url) as page:
        await page.goto(f"/tools/{tool}")
        await reach(page, "Sign in to vote")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("/sign-in"))
        await reach(page, "")
        await page.keyboard.type(service.token("voter", "by-keyboard"))
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(f"{service.url}/tools/{tool}#vote-{tool}")
        await reach(page, "Ship")
        await page.keyboard.press("Enter")
        await check(page, said=VOTED_SHIP, ship=1, votes=1)
        await page.goto("/")
        await reach(page, "Sign out")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("link", name="Sign in")).to_be_visible()


async def reach(page: Page, name: str) -> None:
    """Press Tab until the link or button of this name has the focus, or the token's field for no name."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.id") == "token":
            return
        if name and await page.evaluate("document.activeElement.innerText") == name:
            return
    pytest.fail(f"{name!r} cannot be reached by the keyboard")


async def test_without_an_account_a_vote_is_told_apart(browser: Browser, open_service: Service) -> None:
    tool = await listed(open_service)
    async with open_page(browser, open_service.url) as page:
        await page.goto(f"/tools/{tool}")
        await page.get_by_role("button", name="Ship", exact=True).click()
        await check(page, said=VOTED_SHIP, ship=0, votes=0)
        await expect(page.locator(".anonymous")).to_have_text(
            "1 vote by people without an account: told apart, not counted among the crowd\u2019s."
        )
        await page.get_by_role("button", name="Skip", exact=True).click()
        await check(page, said=VOTED_SKIP, ship=0, votes=0)
        await page.reload()
        await check(page, said=VOTED_SKIP, ship=0, votes=0)
        assert await page.evaluate("document.cookie") == ""


async def test_a_second_tab_of_a_new_visitor_votes_as_well(browser: Browser, open_service: Service) -> None:
    one, other = await listed(open_service), await listed(open_service)
    async with open_page(browser, open_service.url) as first:
        second = await first.context.new_page()
        await first.goto(f"/tools/{one}")
        await second.goto(f"/tools/{other}")
        for page in (first, second):
            await page.get_by_role("button", name="Ship", exact=True).click()
            await check(page, said=VOTED_SHIP, ship=0, votes=0)


async def test_a_form_whose_session_ended_says_what_is_wrong(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with voting(browser, service, tool) as page:
        await page.context.clear_cookies()
        await page.get_by_role("button", name="Ship", exact=True).click()
        await expect(page.locator("form.vote .said")).to_contain_text("out of date")
        async with service.client() as client:
            assert (await Caller(service, client).score(tool))["community"]["votes"] == 0


async def test_signing_in_and_voting_break_no_rule(browser: Browser, service: Service) -> None:
    tool = await listed(service)
    async with voting(browser, service, tool) as page:
        await page.add_init_script(NOTICE)
        for path in (f"/tools/{tool}", "/sign-in"):
            await page.goto(path)
            await page.context.clear_cookies()
            assert (await page.evaluate("window.noticed"))["policy"] == []
            assert await inaccessible(page) == []


async def test_on_a_comparison_one_votes_on_the_pair_and_on_each(browser: Browser, service: Service) -> None:
    left, right = sorted([await listed(service), await listed(service)])
    async with voting(browser, service, left) as page, open_page(browser, service.url) as reader:
        await page.goto(f"/compare/{left}-vs-{right}")
        await reader.goto(f"/compare/{left}-vs-{right}")
        pair = page.locator(f"#vote-{left}-vs-{right}-overall")
        for button, said in (
            (0, "You prefer Hammer."),
            (1, "You called it a tie."),
            (2, "You prefer Hammer."),
        ):
            await pair.locator("button[name=choice]").nth(button).click()
            await expect(pair.locator(".said")).to_have_text(said)
        await expect(page.locator(".duel .right strong")).to_have_text("1")
        one = page.locator(f"#vote-{right}")
        await one.get_by_role("button", name="Skip", exact=True).click()
        await expect(one.locator(".said")).to_have_text(VOTED_SKIP)
        crowd = f'[data-tool="{right}"][data-who=crowd] [data-show=counted]'
        await expect(page.locator(crowd)).to_have_text("0 of 1 vote say ship")
        await expect(reader.locator(crowd)).to_have_text("0 of 1 vote say ship", timeout=1_000)
        await pair.get_by_role("button", name="Withdraw").click()
        await expect(page.locator(f"#vote-{left}")).to_be_visible()
        await expect(pair.locator(".said")).to_have_text("Your vote is withdrawn.")


async def test_in_the_past_nobody_votes(browser: Browser, service: Service) -> None:
    left, right = sorted([await listed(service), await listed(service)])
    async with service.client() as client:
        position = (await Caller(service, client).score(left))["position"]
    async with open_page(browser, service.url) as page:
        await page.goto(f"/compare/{left}-vs-{right}?as_of={position}")
        await expect(page.locator("h1")).to_be_visible()
        assert await page.locator("form.vote").count() == 0
