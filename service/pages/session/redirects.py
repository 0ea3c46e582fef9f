"""Redirects after a form: to a page of this site, and never elsewhere."""

import re
from typing import Final
from urllib.parse import urlencode

from service.http.headers import SAFE
from service.http.response import Response
from service.pages.session.cookies import HeaderPair
from service.views.addresses import HOME

LENGTH_MAX: Final = 2_000
SIGN_IN: Final = "/sign-in"

_local: Final = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""Browsers read a backslash as a slash, and leave tabs and line ends out: //elsewhere in disguise."""


def local_path(asked: str) -> str:
    """Return a path of this site as it is, and the front page for anything else."""
    return asked if len(asked) <= LENGTH_MAX and _local.fullmatch(asked) else HOME


def sign_in_address(path: str) -> str:
    """Name the sign-in page that leads back to a path."""
    return f"{SIGN_IN}?{urlencode({'next': path})}"


def see_other(path: str, *headers: HeaderPair) -> Response:
    """Send a browser on to a page, with GET (RFC 9110, section 15.4.4)."""
    location = (b"location", path.encode("ascii"))
    return Response(
        b"",
        status=303,
        media_type=b"text/plain",
        headers=(location, (b"cache-control", b"no-store"), *SAFE, *headers),
    )
