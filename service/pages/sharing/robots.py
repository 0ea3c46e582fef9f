"""Tells crawlers what they may read."""

from typing import Final

from litestar import get

from service.http.headers import CURRENT
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering.publishing import Pages
from service.pages.sharing.site import site_of

ROBOTS: Final = "User-agent: *\nDisallow: /search\nDisallow: /v1/\nSitemap: {site}/sitemap.xml\n"


@get("/robots.txt", include_in_schema=False)
@direct()
async def get_robots(request: Request, *, pages: Pages) -> Response:
    """Keep crawlers to the pages."""
    return Response(
        ROBOTS.format(site=site_of(request, pages)).encode(),
        media_type=b"text/plain; charset=utf-8",
        headers=(CURRENT,),
    )
