"""Serves pictures: of a tool, and one for all pages that have none of their own. Drawn off the event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

from litestar import get

from events.log.connection import Pool
from projections.catalogue.queries import read_tool
from projections.scores import read_current_score
from service.commands.refusals import UnknownToolError
from service.http.headers import OPEN_FILE
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering import reading
from service.pages.rendering.publishing import Pages
from service.pages.rendering.representations import Representation
from service.pages.sharing.cards import SITE_CARD, Card, tool_card
from service.pages.sharing.drawing import draw

PNG: Final = b"image/png"
CACHED: Final = (b"cache-control", b"public, max-age=300")
"""A site that shows a preview may show the same for five minutes."""


@get("/picture.png", include_in_schema=False)
@direct()
async def get_site_picture(request: Request, *, pages: Pages) -> Response:
    """Show the picture of pages that have none of their own."""

    async def make() -> Card:
        return SITE_CARD

    return await show_picture(request, pages, "picture", make)


@get("/tools/{slug:str}/picture.png", include_in_schema=False)
@direct()
async def get_tool_picture(request: Request, *, pool: Pool, pages: Pages) -> Response:
    """Show a tool's picture."""
    slug = reading.page_slug(request)
    return await show_picture(request, pages, ("tool picture", slug), lambda: _tool(pool, slug))


async def show_picture(
    request: Request, pages: Pages, key: Hashable, make: Callable[[], Awaitable[Card]]
) -> Response:
    """Answer with the picture of a card; `key` names everything that the card depends on, but time."""

    async def publish() -> Representation:
        drawn = await asyncio.to_thread(draw, await make())
        return Representation(drawn, media_type=PNG, headers=(CACHED, *OPEN_FILE), brotli_quality=None)

    return await pages.keep(request, key, publish)


async def _tool(pool: Pool, slug: str) -> Card:
    tool, reading = await read_tool(pool, slug), await read_current_score(pool, slug)
    if tool is None or reading.score is None:
        raise UnknownToolError(slug)
    return tool_card(tool.name, tool.tagline, reading.counts, reading.rule)
