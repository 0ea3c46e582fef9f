"""Content for other sites, over HTTP: pictures, previews, data for search engines, feed, site map, badges."""

import json
import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import httpx
from PIL import Image

from tests.support.service import REVIEW, Caller, fresh

HTML = {"Accept": "text/html"}
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BREAKING = "</script><b>&"


async def listed(caller: Caller, **fields: object) -> str:
    """List a tool that the read models know; return its slug."""
    slug = fresh()
    await caller.score(slug, after=await caller.list_tool(slug, **fields))
    return slug


async def pair(caller: Caller) -> tuple[str, str]:
    """List two tools; return their slugs in alphabetical order."""
    left, right = sorted([await listed(caller), await listed(caller)])
    return left, right


async def review(caller: Caller, tool: str, **fields: object) -> str:
    """Review a tool, as a new panelist; return the panelist."""
    await caller.seat(panelist := fresh("panelist"))
    path = f"/v1/tools/{tool}/reviews/{panelist}"
    answer = await caller.call("PUT", path, role="admin", json={**REVIEW, **fields})
    await caller.score(tool, after=answer.json()["position"])
    return panelist


async def votes(caller: Caller, tool: str, *, ship: int, skip: int) -> None:
    """Cast votes, until they are counted."""
    for number, choice in enumerate(["ship"] * ship + ["skip"] * skip):
        last = await caller.vote(tool, f"voter-{number}", choice)
        await caller.score(tool, after=last["position"])


def metas(answer: httpx.Response) -> dict[str, str]:
    """Read what a page tells those who link to it."""
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', answer.text)
    return dict(found)


def products(answer: httpx.Response) -> list[dict[str, Any]]:
    """Read a page's linked data."""
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text)
    return json.loads(data)["@graph"]


def size(answer: httpx.Response) -> tuple[int, int]:
    """Decode a picture."""
    assert answer.headers["content-type"] == "image/png"
    with Image.open(BytesIO(answer.content)) as image:
        image.load()
        return image.size


async def test_a_preview_leads_to_a_picture_of_its_size(caller: Caller) -> None:
    left, right = await pair(caller)
    for path in ("/", "/leaderboards/all", f"/tools/{left}", f"/compare/{left}-vs-{right}"):
        told = metas(await caller.client.get(path, headers=HTML))
        assert told["twitter:card"] == "summary_large_image"
        assert told["og:url"] == path
        picture = await caller.client.get(told["og:image"])
        assert size(picture) == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)


async def test_a_picture_shows_what_changed(caller: Caller) -> None:
    left, right = await pair(caller)
    path = f"/compare/{left}-vs-{right}.png"
    before = await caller.client.get(path)
    again = await caller.client.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert again.status_code == 304
    await caller.score(left, after=(await caller.vote(left, "voter", "ship"))["position"])
    answer = await caller.client.get(path, params={"as_of": "2100-01-01"})
    assert size(answer) == (1200, 630)
    assert answer.headers["etag"] != before.headers["etag"]


async def test_a_picture_has_the_address_of_its_comparison(caller: Caller) -> None:
    left, right = await pair(caller)
    answer = await caller.client.get(f"/compare/{right}-vs-{left}.png")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/compare/{left}-vs-{right}.png")
    assert (await caller.client.get(f"/compare/{left}-vs-{right}x.png")).status_code == 404


async def test_numbers_stand_in_linked_data_only_where_there_are_any(caller: Caller) -> None:
    left, right = await pair(caller)
    await review(caller, left, headline=BREAKING, verdict="skip")
    await votes(caller, left, ship=2, skip=1)
    for path in (f"/compare/{left}-vs-{right}", f"/tools/{left}"):
        described = products(await caller.client.get(path, headers=HTML))
        rated = described[0]
        assert rated["@type"] == "Product"
        assert rated["aggregateRating"]["ratingValue"] == 66.67
        assert rated["aggregateRating"]["ratingCount"] == 3
        assert rated["review"][0]["name"] == BREAKING
        assert rated["review"][0]["reviewRating"]["ratingValue"] == 0
    other = products(await caller.client.get(f"/compare/{left}-vs-{right}", headers=HTML))[1]
    assert not {"aggregateRating", "review"} & other.keys()


async def test_the_feed_tells_a_new_verdict_and_dates_it_anew_when_rewritten(caller: Caller) -> None:
    tool = await listed(caller, name=BREAKING)
    panelist = await review(caller, tool, headline=BREAKING)
    answer = await caller.client.get("/feed.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)  # noqa: S314 - what is read was made here
    ids = [element.text or "" for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:\S+", each) for each in ids)
    times = [element.text or "" for element in feed.iter(f"{ATOM}updated")]
    assert all(TIME.fullmatch(time) for time in times)
    assert times[0] == max(times)
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}summary") == f"Ship. {BREAKING}"
    assert entry.findtext(f"{ATOM}id", "").endswith(f":reviews/{tool}/{panelist}")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"] == f"{caller.service.url}/tools/{tool}"
    assert 'type="application/atom+xml"' in (await caller.client.get("/", headers=HTML)).text


async def test_the_site_map_lists_tools_boards_and_pairs_that_met_or_share_a_category(caller: Caller) -> None:
    shelf, other = fresh("shelf"), fresh("shelf")
    left, right = sorted([await listed(caller, category=shelf), await listed(caller, category=shelf)])
    met, apart = await listed(caller, category=other), await listed(caller, category=fresh("shelf"))
    last = await caller.prefer(left, met, "voter", left)
    await caller.score(left, after=last["position"])
    robots = (await caller.client.get("/robots.txt")).text
    assert f"Sitemap: {caller.service.url}/sitemap.xml" in robots
    urls = ET.fromstring((await caller.client.get("/sitemap.xml")).content)  # noqa: S314 - made here
    found = {url.findtext(f"{MAP}loc", ""): url.findtext(f"{MAP}lastmod", "") for url in urls}
    assert all(address.startswith(caller.service.url) for address in found)
    assert all(TIME.fullmatch(time) for time in found.values())
    assert len(found) == len(urls)
    paths = {address.removeprefix(caller.service.url) for address in found}
    first, second = sorted((left, met))
    assert paths >= {
        "/",
        "/leaderboards/all",
        f"/leaderboards/{shelf}",
        f"/tools/{apart}",
        f"/compare/{left}-vs-{right}",
        f"/compare/{first}-vs-{second}",
    }
    assert not [path for path in paths if path.startswith("/compare/") and apart in path]


async def test_a_badge_says_the_share_of_whom_it_is_asked_for(caller: Caller) -> None:
    tool = await listed(caller)
    await review(caller, tool, verdict="skip")
    await votes(caller, tool, ship=4, skip=1)
    assert await badge(caller, f"/badge/{tool}.svg") == "crowd: 80\u202f% ship"
    assert await badge(caller, f"/badge/{tool}.svg?by=panel") == "panel: 0\u202f% ship"


async def test_a_badge_of_what_is_unknown_says_so(caller: Caller) -> None:
    empty = await listed(caller)
    for slug in (empty, "never-listed", "No slug", "%3Cb%3E"):
        assert await badge(caller, f"/badge/{slug}.svg") == "crowd: n/a"


async def badge(caller: Caller, path: str) -> str:
    """Read what a badge says, which others may show and keep for a while."""
    answer = await caller.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    drawn = ET.fromstring(answer.content)  # noqa: S314 - what is read was made here
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    return drawn.attrib["aria-label"]
