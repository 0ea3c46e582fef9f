"""Serves pictures: of a comparison, of a tool, and one for all other pages. Drawn off the event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

from litestar import get

from events.log.connection import Pool
from projections.catalogue.queries import read_tool
from projections.scores import read_score
from service.commands.refusals import UnknownToolError
from service.http.headers import OPEN_FILE
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.compare.query import Wanted
from service.pages.rendering import reading
from service.pages.rendering.publishing import keep
from service.pages.rendering.representations import Representation
from service.pages.sharing.cards import SITE_CARD, Card, comparison_card, tool_card
from service.pages.sharing.drawing import draw
from service.reads.comparisons import read_side_by_side
from service.server.resources import Resources

PNG: Final = b"image/png"
CACHED: Final = (b"cache-control", b"public, max-age=300")
"""Whoever shows a preview may show the same for five minutes."""


@get("/picture.png", include_in_schema=False)
@direct()
async def get_site_picture(request: Request) -> Response:
    """Show the picture of pages that have none of their own."""

    async def make() -> Card:
        return SITE_CARD

    return await _picture(request, "picture", make)


@get("/tools/{slug:str}/picture.png", include_in_schema=False)
@direct()
async def get_tool_picture(request: Request) -> Response:
    """Show a tool's picture."""
    slug = reading.slug(request)
    return await _picture(request, ("tool picture", slug), lambda: _tool(request.resources.pool, slug))


async def show_comparison(request: Request, wanted: Wanted) -> Response:
    """Show a comparison's picture; `wanted` is reached."""
    return await _picture(
        request, ("comparison picture", wanted), lambda: _comparison(request.resources, wanted)
    )


async def _picture(request: Request, key: Hashable, make: Callable[[], Awaitable[Card]]) -> Response:
    async def publish() -> Representation:
        drawn = await asyncio.to_thread(draw, await make())
        return Representation(drawn, media_type=PNG, headers=(CACHED, *OPEN_FILE), brotli_quality=None)

    return await keep(request, key, publish)


async def _tool(pool: Pool, slug: str) -> Card:
    tool, score = await read_tool(pool, slug), (await read_score(pool, slug)).score
    if tool is None or score is None:
        raise UnknownToolError(slug)
    return tool_card(tool.name, tool.tagline, score)


async def _comparison(resources: Resources, wanted: Wanted) -> Card:
    moment = wanted.as_of and wanted.as_of.moment
    document = await read_side_by_side(
        resources.pool, wanted.tools, context=wanted.context, past=resources.past_ratings, moment=moment
    )
    return comparison_card(document)
