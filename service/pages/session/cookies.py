"""Cookies: read off a request, and written so that no script and no other site can use them."""

from typing import Final

from service.http.request import Request
from service.pages.session.signer import Signer

SESSION: Final = "ostraka_session"
"""Holds the token that somebody signed in with."""

VISITOR: Final = "ostraka_visitor"
"""Tells a browser without an account from others, once it has voted."""

VOTED: Final = "ostraka_voted"
"""Tells of a vote a moment ago: whoever cast it wants to see it counted, on every page."""

Header = tuple[bytes, bytes]


def cookie(request: Request, name: str) -> str:
    """Read a cookie, the first of that name; "" if there is none."""
    for header, value in request.scope["headers"]:
        if header == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, _, content = part.partition("=")
                if key.strip() == name:
                    return content.strip()
    return ""


def set_cookie(request: Request, signer: Signer, name: str, content: str, *, lifetime_s: int) -> Header:
    """Make the header that lets a browser keep a cookie so long; 0 seconds let it forget the cookie."""
    secure = "; Secure" if signer.is_https(request.scope, request.header(b"host") or b"") else ""
    written = f"{name}={content}; Max-Age={lifetime_s}; Path=/; HttpOnly; SameSite=Lax{secure}"
    return b"set-cookie", written.encode("ascii")


def forget_cookie(request: Request, signer: Signer, name: str) -> Header:
    """Make the header that lets a browser forget a cookie."""
    return set_cookie(request, signer, name, "", lifetime_s=0)
