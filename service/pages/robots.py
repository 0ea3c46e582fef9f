"""What crawlers are told."""

from typing import Final

from litestar import get

from service.answers import Answer
from service.asking import Asking, direct
from service.pages.headers import CURRENT

ROBOTS: Final = b"User-agent: *\nDisallow: /search\nDisallow: /v1/\n"


@get("/robots.txt", include_in_schema=False)
@direct()
async def get_robots(_request: Asking) -> Answer:
    """Keep crawlers to the pages."""
    return Answer(ROBOTS, media_type=b"text/plain; charset=utf-8", headers=(CURRENT,))
