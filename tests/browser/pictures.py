"""`python -m tests.browser.pictures`: takes the README's pictures anew, of a fresh service with the demo."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser

from service.pages.session.cookies import SESSION
from tests.browser.site import DEMO_TOOL, wait_for_ratings
from tests.browser.visiting import Scheme, open_browser
from tests.support.service import Caller, Service, done
from tests.support.up import ostraka, running_up, temporary_home

FOLDER: Final = Path(__file__).parents[2] / "docs" / "images"
OTHER_TOOL: Final = "llama-4-compact-12b"
WIDTH: Final = 1280
COLOURS: Final = 128

COMPARISON: Final = f"/compare/{DEMO_TOOL}-vs-{OTHER_TOOL}"
PREVIEW: Final = "document.querySelector('form[action=\"/moderation/preview\"] [name=action]').click()"


async def take(browser: Browser, service: Service) -> None:
    """Take every picture."""
    for scheme in ("light", "dark"):
        await _shoot(browser, service, COMPARISON, f"compare-{scheme}", height=1180, scheme=scheme)
    await _shoot(browser, service, "/leaderboards/language-models", "leaderboard", height=900)
    voter = await _suspect(service)
    await _shoot(
        browser, service, f"/moderation/voters/{voter}", "preview", height=1000, run=PREVIEW, moderator=True
    )


async def _suspect(service: Service) -> str:
    """Return the pseudonym of a voter with several votes."""
    async with service.client() as client:
        asked = {"type": "VoteCast", "limit": 1}
        page = done(await Caller(service, client).call("GET", "/v1/events", role="moderator", params=asked))
    return page["items"][0]["voter"]


async def _shoot(
    browser: Browser,
    service: Service,
    path: str,
    name: str,
    *,
    height: int,
    scheme: Scheme = "light",
    run: str = "",
    moderator: bool = False,
) -> None:
    context = await browser.new_context(
        base_url=service.url, viewport={"width": WIDTH, "height": height}, color_scheme=scheme
    )
    if moderator:
        token = service.token("moderator", "dana")
        await context.add_cookies([{"name": SESSION, "value": token, "url": service.url}])
    page = await context.new_page()
    await page.goto(path)
    if run:
        async with page.expect_navigation():
            await page.evaluate(run)
    picture = Image.open(BytesIO(await page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)
    await context.close()


async def _main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with temporary_home() as home, running_up(home) as up:
        ostraka("demo", "--home", str(home)).check_returncode()
        service = Service(up.url, home)
        async with service.client() as client:
            await wait_for_ratings(Caller(service, client), "all")
        async with open_browser() as browser:
            await take(browser, service)


if __name__ == "__main__":
    asyncio.run(_main())
