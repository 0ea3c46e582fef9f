"""The page that compares two to five tools: which of them should you ship with?"""

from collections.abc import Sequence
from typing import Final

from litestar import get

from events.log.connection import Pool
from projections.catalogue.queries import Tool, read_tools
from projections.comparison.compare import TOOLS_MAX
from projections.comparison.numbers import join
from projections.ratings.past import PastRatings
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.compare.query import PICTURE, ComparisonQuery, read_comparison_query
from service.pages.compare.view import compare_view
from service.pages.rendering.products import Product
from service.pages.rendering.publishing import Frame, PageDraft, Pages
from service.pages.rendering.tags import LinkPreview
from service.pages.sharing.cards import Card, comparison_card
from service.pages.sharing.pictures import show_picture
from service.pages.voting.forms import matchups_between, read_own
from service.reads import as_of
from service.reads.comparisons import Compared, read_comparison

OTHERS_MAX: Final = 100
"""Tools of each category that may be added from the list; all others by their address."""

MOVED: Final = 308


@get("/compare/{pair:str}", include_in_schema=False)
@direct()
async def get_compare_page(request: Request, *, pool: Pool, pages: Pages, past: PastRatings) -> Response:
    """Show tools side by side, or a picture of them, at the one address that this comparison has."""
    pair: str = request.scope["path_params"]["pair"]
    pictured = pair.endswith(PICTURE)
    asked = await read_comparison_query(request, pool, pair.removesuffix(PICTURE))
    query = asked.query
    if asked.moved:
        address = query.picture() if pictured else query.address()
        return Response(
            b"", status=MOVED, media_type=b"text/plain", headers=((b"location", address.encode()),)
        )
    if query.as_of is not None:
        await as_of.reach_moment(pool, query.as_of.moment)
    if pictured:
        return await show_picture(
            request, pages, ("comparison picture", query), lambda: _make_card(pool, past, query)
        )
    own = read_own(
        pool,
        tools=query.tools,
        matchups=matchups_between(query.tools, query.context),
    )
    return await pages.show(request, query, lambda: _make(pool, past, query), own=own)


async def _read(pool: Pool, past: PastRatings, query: ComparisonQuery) -> Compared:
    moment = query.as_of and query.as_of.moment
    return await read_comparison(pool, query.tools, context=query.context, past=past, moment=moment)


async def _make_card(pool: Pool, past: PastRatings, query: ComparisonQuery) -> Card:
    return comparison_card(await _read(pool, past, query))


async def _make(pool: Pool, past: PastRatings, query: ComparisonQuery) -> PageDraft:
    found = await _read(pool, past, query)
    addable = await _addable(pool, found.tools)
    view = compare_view(query, found, addable)
    shares = "; ".join(
        f"{column.name}: {shares.who} {column.summary.share}"
        for shares in view.shares
        for column in shares.columns
    )
    frame = Frame(
        title=f"{join(view.names, word='or')}?",
        description=f"{view.verdict.summary} {shares}.",
        path=query.among(query.tools).address(),
        share=_share(query, found),
    )
    return PageDraft("compare.html", frame, view)


def _share(query: ComparisonQuery, found: Compared) -> LinkPreview:
    products = [
        Product(
            tool,
            counts.crowd,
            [review for row in found.reviews if (review := row.reviews[number])],
        )
        for number, (tool, counts) in enumerate(zip(found.tools, found.counts, strict=True))
    ]
    return LinkPreview(
        picture=query.among(query.tools).picture(),
        described=found.comparison.verdict.summary,
        products=products,
    )


async def _addable(pool: Pool, tools: Sequence[Tool]) -> list[Tool]:
    if len(tools) >= TOOLS_MAX:
        return []
    categories = dict.fromkeys(tool.category for tool in tools)
    found = [
        tool
        for category in categories
        for tool in await read_tools(pool, after="", category=category, limit=OTHERS_MAX)
    ]
    chosen = {tool.slug for tool in tools}
    return sorted((tool for tool in found if tool.slug not in chosen), key=lambda tool: tool.name.lower())
