"""Search over tools and pairs: "llama vs gpt" offers the comparison of the two."""

import re
from collections.abc import Sequence
from itertools import product
from typing import Final

from litestar import get
from msgspec import Struct

from events.log.connection import Pool
from projections.catalogue.finding import FoundTool, search_tools
from projections.comparison.numbers import count
from service.http import parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering import reading
from service.pages.rendering.publishing import Frame, PageDraft, Pages
from service.views import addresses, words

TOOLS_MAX: Final = 30
SIDE_MAX: Final = 3
"""Tools that either side of a pair may mean."""

BETWEEN: Final = re.compile(r"\s+(?:vs\.?|versus|or|against)\s+", re.IGNORECASE)


class FoundPair(Struct, frozen=True):
    """Two tools to compare."""

    href: str
    left: str
    right: str


class FoundView(Struct, frozen=True):
    """A tool that was found."""

    href: str
    name: str
    vendor: str
    category: str
    tagline: str


class SearchView(Struct, frozen=True):
    """Everything on the page; `said` sums up the results."""

    text: str
    said: str
    pairs: list[FoundPair]
    tools: list[FoundView]


@get("/search", include_in_schema=False)
@direct()
async def get_search_page(request: Request, *, pool: Pool, pages: Pages) -> Response:
    """Show the results of a search."""
    text = reading.text(parameters.known_query(request, "q"), "q")
    return await pages.show(request, ("search", text), lambda: _make(pool, text))


async def _make(pool: Pool, text: str) -> PageDraft:
    sides = BETWEEN.split(text)
    found = [
        await search_tools(pool, side, limit=TOOLS_MAX if len(sides) == 1 else SIDE_MAX) for side in sides
    ]
    pairs = _pairs(found[0], found[1]) if len(found) > 1 else []
    tools = list({tool.slug: tool for side in found for tool in side}.values())
    view = SearchView(text, _said(text, pairs, tools), pairs, [_tool(tool) for tool in tools])
    frame = Frame(
        title=f"Search: {text}" if text else "Search",
        description="Find a tool, or two to compare.",
        path=None,
        search=text,
    )
    return PageDraft("search.html", frame, view)


def _pairs(left: Sequence[FoundTool], right: Sequence[FoundTool]) -> list[FoundPair]:
    """Pair the tools that both sides may mean, each two tools once."""
    found: dict[str, FoundPair] = {}
    for one, other in product(left, right):
        if one.slug != other.slug:
            href = addresses.comparison(one.slug, other.slug)
            found.setdefault(href, FoundPair(href, one.name, other.name))
    return list(found.values())


def _tool(tool: FoundTool) -> FoundView:
    return FoundView(
        addresses.tool(tool.slug), tool.name, tool.vendor, words.title(tool.category), tool.tagline
    )


def _said(text: str, pairs: Sequence[FoundPair], tools: Sequence[FoundTool]) -> str:
    if not text:
        return "Type the name of a tool, or two with “vs” in between."
    if not tools:
        return f"Nothing is listed under “{text}”."
    found = count(len(tools), "tool")
    return f"{count(len(pairs), 'comparison')} and {found}" if pairs else found
