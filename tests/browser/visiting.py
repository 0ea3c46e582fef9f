"""One look at a page in Chromium, and everything that was noticed."""

import shutil
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

from service.pages.session.cookies import SESSION

FOLDER: Final = Path(__file__).parent
AXE: Final = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM: Final = "chromium"
OPTIONS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
)
WIDTHS: Final = (390, 1024, 1600)
HEIGHT: Final = 900
Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")

NOTICE: Final = """
window.noticed = {policy: [], shift: 0};
document.addEventListener("securitypolicyviolation", (event) =>
  window.noticed.policy.push(`${event.violatedDirective}: ${event.blockedURI}`));
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.noticed.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
RUN_AXE: Final = """
async (rules) => (await axe.run(document, {resultTypes: ["violations"], ...rules})).violations.map(
  ({id, impact, nodes}) => `${impact} ${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`)
"""
"""Possible faults that need a person's eye are left out."""

RULES: Final[Mapping[Scheme, Mapping[str, object]]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}
"""All there are; in the dark those alone that are about colours, since all else is the same."""


@dataclass(frozen=True)
class Visit:
    """Everything that was noticed.

    Attributes:
        requests: Addresses of everything that was asked for.
        errors: Complaints in the browser's console, without one about the page's own error status.
        policy: Violations of the Content-Security-Policy.
        shift: How much the layout moved by itself.
        axe: Violations of what axe-core knows of accessibility, in the light and in the dark.
        overflow: By how many pixels the page is wider than the window, by its colours and the window's width.
    """

    status: int
    requests: list[str]
    errors: list[str]
    policy: list[str]
    shift: float
    axe: list[str]
    overflow: Mapping[tuple[Scheme, int], int]


@asynccontextmanager
async def open_browser() -> AsyncGenerator[Browser]:
    """Start Debian's Chromium; without it, or the checkers, the test fails in one line."""
    program = shutil.which(CHROMIUM)
    if program is None or not AXE.is_file():
        pytest.fail(
            "The browser tests need Chromium and the checkers: run tests/browser/prepare", pytrace=False
        )
    async with async_playwright() as playwright:
        # Playwright makes a new, empty profile for it.
        browser = await playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        await browser.close()


@asynccontextmanager
async def open_page(
    browser: Browser,
    base_url: str,
    *,
    scripts: bool = True,
    session: str | None = None,
) -> AsyncGenerator[Page]:
    """Open a page of its own, without cookies or cache of others; `session` is the token signed in with."""
    context = await browser.new_context(
        base_url=base_url,
        viewport={"width": WIDTHS[1], "height": HEIGHT},
        color_scheme="light",
        java_script_enabled=scripts,
    )
    if session is not None:
        await context.add_cookies([{"name": SESSION, "value": session, "url": base_url}])
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def visit(browser: Browser, base_url: str, path: str, *, session: str | None = None) -> Visit:
    """Look at a page in each scheme and at each width, signed in by the token `session`."""
    async with open_page(browser, base_url, session=session) as page:
        requests: list[str] = []
        errors: list[str] = []

        def ask(request: Request) -> None:
            requests.append(request.url)

        def complain(message: ConsoleMessage) -> None:
            if message.type == "error":
                errors.append(message.text)

        page.on("request", ask)
        page.on("console", complain)
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.add_init_script(NOTICE)
        answer = await page.goto(path, wait_until="load")
        assert answer is not None
        noticed = await page.evaluate("window.noticed")
        overflow = await overflows(page)
        axe = await inaccessible(page)
    return Visit(
        status=answer.status,
        requests=requests,
        errors=[error for error in errors if f"responded with a status of {answer.status}" not in error],
        policy=noticed["policy"],
        shift=noticed["shift"],
        axe=axe,
        overflow=overflow,
    )


async def overflows(page: Page) -> dict[tuple[Scheme, int], int]:
    """Return by how many pixels a page is wider than the window, by its colours and the window's width."""
    found: dict[tuple[Scheme, int], int] = {}
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            found[scheme, width] = await page.evaluate(
                "document.documentElement.scrollWidth - window.innerWidth"
            )
    return found


async def inaccessible(page: Page) -> list[str]:
    """Return what axe-core complains of, each with the scheme that it was found in."""
    await page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = []
    for scheme in SCHEMES:
        # A colour that still moves to that of the scheme would be looked at on its way.
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {each}" for each in await page.evaluate(RUN_AXE, RULES[scheme])]
    return found
