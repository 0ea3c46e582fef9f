"""Serves the picture of a comparison."""

from service.http.request import Request
from service.http.response import Response
from service.pages.compare.query import Wanted
from service.pages.sharing.cards import Card, comparison_card
from service.pages.sharing.pictures import show_picture
from service.reads.comparisons import read_comparison
from service.server.resources import Resources


async def show_comparison(request: Request, wanted: Wanted) -> Response:
    """Show a comparison's picture; `wanted` is reached."""
    return await show_picture(
        request, ("comparison picture", wanted), lambda: _comparison(request.resources, wanted)
    )


async def _comparison(resources: Resources, wanted: Wanted) -> Card:
    moment = wanted.as_of and wanted.as_of.moment
    found = await read_comparison(
        resources.pool, wanted.tools, context=wanted.context, past=resources.past_ratings, moment=moment
    )
    return comparison_card(found)
