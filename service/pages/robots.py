"""What crawlers are told."""

from typing import Final

from litestar import get

from service.answers import Answer
from service.asking import Asking, direct
from service.pages.headers import CURRENT
from service.pages.sharing.site import site_of

ROBOTS: Final = "User-agent: *\nDisallow: /search\nDisallow: /v1/\nSitemap: {site}/sitemap.xml\n"


@get("/robots.txt", include_in_schema=False)
@direct()
async def get_robots(request: Asking) -> Answer:
    """Keep crawlers to the pages."""
    return Answer(
        ROBOTS.format(site=site_of(request)).encode(),
        media_type=b"text/plain; charset=utf-8",
        headers=(CURRENT,),
    )
