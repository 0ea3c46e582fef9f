"""Serves pictures: of a comparison, of a tool, and one for all other pages. Drawn off the event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

from litestar import get

from events.log.connection import Pool
from projections.catalogue.queries import read_tool
from projections.scores import read_score
from service.answers import Answer
from service.asking import Asking, direct
from service.commands.refusals import UnknownToolError
from service.comparisons import read_side_by_side
from service.pages import reading
from service.pages.compare_wanted import Wanted
from service.pages.headers import OPEN_FILE
from service.pages.publishing import keep
from service.pages.representations import Representation
from service.pages.sharing.cards import SITE_CARD, Card, comparison_card, tool_card
from service.pages.sharing.drawing import draw
from service.resources import Resources

PNG: Final = b"image/png"
CACHED: Final = (b"cache-control", b"public, max-age=300")
"""Whoever shows a preview may show the same for five minutes."""


@get("/picture.png", include_in_schema=False)
@direct()
async def get_site_picture(request: Asking) -> Answer:
    """Show the picture of pages that have none of their own."""

    async def make() -> Card:
        return SITE_CARD

    return await _picture(request, "picture", make)


@get("/tools/{slug:str}/picture.png", include_in_schema=False)
@direct()
async def get_tool_picture(request: Asking) -> Answer:
    """Show a tool's picture."""
    slug = reading.slug(request)
    return await _picture(request, ("tool picture", slug), lambda: _tool(request.resources.pool, slug))


async def show_comparison(request: Asking, wanted: Wanted) -> Answer:
    """Show a comparison's picture; `wanted` is reached."""
    return await _picture(
        request, ("comparison picture", wanted), lambda: _comparison(request.resources, wanted)
    )


async def _picture(request: Asking, key: Hashable, make: Callable[[], Awaitable[Card]]) -> Answer:
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
