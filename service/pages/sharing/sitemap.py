"""The site map (sitemaps.org): tools, boards, and the comparisons that are worth finding."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations, islice
from typing import Final
from xml.etree.ElementTree import Element

from litestar import get

from events.log.connection import Pool
from projections.community.changed import ChangedTool, read_changed_tools, read_met_pairs
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering.publishing import Pages
from service.pages.sharing.documents import part, show_document
from service.reads.leaderboards import EVERY
from service.views import addresses, words

NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
MEDIA_TYPE: Final = b"application/xml; charset=utf-8"
PATH: Final = "/sitemap.xml"
TOOLS_MAX: Final = 10_000
MET_MAX: Final = 10_000
PAIRS_MAX: Final = 20_000
"""All in all fewer than the 50,000 addresses that a site map may have."""

PEERS_MAX: Final = 50
"""Tools of a category, those with the most votes, of which each two make a comparison."""


@get(PATH, include_in_schema=False)
@direct()
async def get_sitemap(request: Request, *, pool: Pool, pages: Pages) -> Response:
    """List the pages that there are to find."""
    return await show_document(
        request, pages, "sitemap", lambda site: _sitemap(pool, site), media_type=MEDIA_TYPE
    )


async def _sitemap(pool: Pool, site: str) -> Element:
    tools = await read_changed_tools(pool, limit=TOOLS_MAX)
    met = await read_met_pairs(pool, limit=MET_MAX)
    by_slug = {tool.slug: tool for tool in tools}
    urls = Element("urlset", {"xmlns": NAMESPACE})
    newest = max((tool.changed_at for tool in tools), default=None)
    _url(urls, site + addresses.HOME, newest)
    _url(urls, site + addresses.leaderboard(EVERY), newest)
    for category, changed_at in _categories(tools).items():
        _url(urls, site + addresses.leaderboard(category), changed_at)
    for tool in tools:
        _url(urls, site + addresses.tool(tool.slug), tool.changed_at)
    pairs = {
        (pair.left, pair.right): pair.changed_at
        for pair in met
        if pair.left in by_slug and pair.right in by_slug
    }
    for left, right in islice(_peers(tools), PAIRS_MAX):
        pairs.setdefault((left, right), by_slug[left].changed_at)
    for (left, right), changed_at in islice(pairs.items(), PAIRS_MAX):
        latest = max(changed_at, by_slug[left].changed_at, by_slug[right].changed_at)
        _url(urls, site + addresses.comparison(left, right), latest)
    return urls


def _categories(tools: Sequence[ChangedTool]) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for tool in tools:
        found[tool.category] = max(tool.changed_at, found.get(tool.category, tool.changed_at))
    return found


def _peers(tools: Sequence[ChangedTool]) -> Iterator[tuple[str, str]]:
    """Pair the most voted for tools of each category, each pair in alphabetical order."""
    for category in _categories(tools):
        peers = [tool.slug for tool in tools if tool.category == category][:PEERS_MAX]
        yield from combinations(sorted(peers), 2)


def _url(urls: Element, address: str, changed_at: datetime | None) -> None:
    url = part(urls, "url")
    part(url, "loc", address)
    if changed_at is not None:
        part(url, "lastmod", words.day(changed_at).iso)
