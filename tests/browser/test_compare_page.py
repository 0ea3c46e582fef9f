"""The page that compares tools, as readers meet it: light, and complete without a script."""

from playwright.async_api import Browser, Request

from tests.browser.site import CHAMPION, DEMO_TOOL, LONG, VOTED
from tests.browser.visiting import open_page
from tests.support.service import Service

BYTES_MAX = 60_000
DEMO = f"/compare/{DEMO_TOOL}-vs-llama-4-compact-12b"
FIVE = f"/compare/{LONG}-vs-{VOTED}?with=bare,{CHAMPION},{DEMO_TOOL}"


async def transferred(browser: Browser, url: str, path: str) -> int:
    """Add up what comes over the wire for a page: heads and bodies of everything."""
    async with open_page(browser, url) as page:
        finished: list[Request] = []

        def note(request: Request) -> None:
            finished.append(request)

        page.on("requestfinished", note)
        await page.goto(path, wait_until="networkidle")
        sizes = [await request.sizes() for request in finished]
    return sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)


async def test_a_comparison_with_everything_is_light(browser: Browser, service: Service) -> None:
    for path in (DEMO, FIVE):
        assert 10_000 < await transferred(browser, service.url, path) <= BYTES_MAX


async def test_a_tool_is_added_and_taken_out_without_scripts(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url, scripts=False) as page:
        await page.goto(f"/compare/{LONG}-vs-{VOTED}")
        await page.get_by_label("Add a tool").select_option(CHAMPION)
        await page.get_by_role("button", name="Add").click()
        assert page.url == f"{service.url}/compare/{LONG}-vs-{VOTED}?with={CHAMPION}"
        await page.wait_for_load_state()
        assert await page.locator("section.crowd .across li").count() == 3
        await page.get_by_role("link", name="Take Champion out").click()
        assert page.url == f"{service.url}/compare/{LONG}-vs-{VOTED}"
        assert await page.locator("section.crowd .across li").count() == 2


async def test_a_use_case_is_chosen_without_scripts(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url, scripts=False) as page:
        await page.goto(f"/compare/{LONG}-vs-{VOTED}")
        together = await page.inner_text(".duel .result")
        await page.get_by_label("Use case").select_option("framing")
        await page.get_by_role("button", name="Show").click()
        assert "context=framing" in page.url
        framing = await page.inner_text(".duel .result")
    assert together.split()[0] == "3"
    assert "8\nneither" in framing


async def test_intervals_of_a_measure_stand_on_one_scale(browser: Browser, service: Service) -> None:
    async with open_page(browser, service.url) as page:
        await page.goto(DEMO)
        boxes = [await chart.bounding_box() for chart in await page.locator(".crowd .intervals svg").all()]
    assert len(boxes) == 2
    assert len({(box["x"], box["width"]) for box in boxes if box}) == 1


async def test_reviews_of_a_lens_stand_side_by_side_only_where_there_is_room(
    browser: Browser, service: Service
) -> None:
    tops: dict[int, set[float]] = {}
    async with open_page(browser, service.url) as page:
        await page.goto(DEMO)
        for width in (390, 1024):
            await page.set_viewport_size({"width": width, "height": 900})
            reviews = await page.locator(".lens").first.locator("article").all()
            tops[width] = {box["y"] for review in reviews if (box := await review.bounding_box())}
    assert (len(tops[390]), len(tops[1024])) == (2, 1)
