"""The site's own address: links in feeds and site maps have to be whole."""

import re
from typing import Final

from service.http.request import Request
from service.pages.rendering.publishing import Pages

HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")
ANY_HOST: Final = "localhost"


def site_of(request: Request, pages: Pages) -> str:
    """Return the site's address, without a slash at its end: as it was set up, else as it was asked for."""
    if pages.url:
        return pages.url
    host = (request.header(b"host") or b"").decode("latin-1")
    return f"{request.scope['scheme']}://{host if HOST.fullmatch(host) else ANY_HOST}"
