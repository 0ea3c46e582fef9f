"""Every page is accessible and valid, loads nothing foreign, and is never too wide."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from service.pages.session.cookies import SESSION
from tests.browser.conftest import Places
from tests.browser.site import EMPTY_PAGES, PAGES, SIGNED_IN_PAGES
from tests.browser.trickling import trickle
from tests.browser.validating import complaints
from tests.browser.visiting import NOTICE, open_page, visit
from tests.support.service import Service

READINGS_MAX = 4
READ_AT = re.compile(r"As of .* UTC")
HTML = {"Accept": "text/html"}
ERRORS = {
    "a page that is not there": 404,
    "a page that was asked for wrongly": 400,
    "the console for a voter": 403,
    "a log that was asked for wrongly": 400,
}
EVERY_PAGE = (*PAGES, *SIGNED_IN_PAGES, *EMPTY_PAGES)

RUN_INLINE = """
() => new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", ({violatedDirective}) => resolve(violatedDirective));
    const script = Object.assign(document.createElement("script"), {text: "window.ran = true"});
    document.body.append(script);
})
"""

each_page = pytest.mark.parametrize("name", EVERY_PAGE)


@each_page
async def test_a_page_is_accessible_fits_keeps_still_and_asks_for_nothing_elsewhere(
    browser: Browser, place: Places, name: str
) -> None:
    at = place(name)
    seen = await visit(browser, at.service.url, at.path, session=at.session)
    assert seen.status == ERRORS.get(name, 200)
    assert seen.axe == []
    assert not any(seen.overflow.values()), seen.overflow
    assert (seen.policy, seen.errors) == ([], [])
    assert seen.shift == 0
    assert {urlsplit(request).netloc for request in seen.requests} == {urlsplit(at.service.url).netloc}


@pytest.mark.parametrize("name", ["a leaderboard", "the console's overview", "the log", "the rulings"])
async def test_a_page_that_comes_little_by_little_keeps_still(
    browser: Browser, place: Places, name: str
) -> None:
    at = place(name)
    async with (
        trickle(at.service.url) as url,
        open_page(browser, url, session=at.session) as page,
    ):
        await page.add_init_script(NOTICE)
        # Assets are cached from now on, so only the page itself is waited for.
        await page.goto("/search")
        await page.goto(at.path)
        assert (await page.evaluate("window.noticed"))["shift"] == 0


@each_page
async def test_a_page_is_complete_without_scripts(browser: Browser, place: Places, name: str) -> None:
    at = place(name)
    async with open_page(browser, at.service.url, session=at.session) as page:
        devtools = await page.context.new_cdp_session(page)

        async def read(*, scripts: bool) -> str:
            disabled = {"value": not scripts}
            await devtools.send("Emulation.setScriptExecutionDisabled", disabled)  # pyright: ignore[reportUnknownMemberType]
            await page.goto(at.path)
            # All but the second that it was read in.
            return READ_AT.sub("", await page.inner_text("body"))

        # The console's numbers move meanwhile, so both are read soon after each other, and more than once.
        told = [await read(scripts=True)]
        while len(told) < READINGS_MAX and told[-2:-1] != told[-1:]:
            told.append(await read(scripts=len(told) % 2 == 0))
    assert told[-2] == told[-1]


async def test_every_page_is_valid_html(place: Places, tmp_path: Path) -> None:
    for name in EVERY_PAGE:
        at = place(name)
        cookies = {} if at.session is None else {SESSION: at.session}
        async with at.service.client() as client:
            client.cookies.update(cookies)
            answer = await client.get(at.path, headers=HTML)
        (tmp_path / f"{name}.html").write_text(answer.text, "utf-8")
    assert await complaints(tmp_path) == ""


async def test_html_that_is_not_valid_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!DOCTYPE html>\n<p><div></div>\n", "utf-8")
    assert "error" in await complaints(tmp_path)


async def test_what_breaks_the_policy_is_refused_and_noticed(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto("/")
        refused = await page.evaluate(RUN_INLINE)
        assert refused == "script-src-elem"
        assert await page.evaluate("window.ran") is None
