"""Reads cookies, and writes them so that no script and no other site can use them."""

from typing import Final

from service.http.request import Request
from service.pages.session.signer import Signer

SESSION: Final = "ostraka_session"
"""The token of a person who is signed in."""

VISITOR: Final = "ostraka_visitor"
"""Identifies a browser that has voted without an account."""

VOTED: Final = "ostraka_voted"
"""Set for a moment after a vote, so that the voter sees it counted on every page."""

HeaderPair = tuple[bytes, bytes]


def cookie(request: Request, name: str) -> str:
    """Read a cookie, the first of that name; "" if there is none."""
    for header, value in request.scope["headers"]:
        if header == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, _, content = part.partition("=")
                if key.strip() == name:
                    return content.strip()
    return ""


def set_cookie(request: Request, signer: Signer, name: str, content: str, *, lifetime_s: int) -> HeaderPair:
    """Make the header that sets a cookie for some seconds; 0 deletes it."""
    secure = "; Secure" if signer.is_https(request.scope, request.header(b"host") or b"") else ""
    written = f"{name}={content}; Max-Age={lifetime_s}; Path=/; HttpOnly; SameSite=Lax{secure}"
    return b"set-cookie", written.encode("ascii")


def forget_cookie(request: Request, signer: Signer, name: str) -> HeaderPair:
    """Make the header that deletes a cookie."""
    return set_cookie(request, signer, name, "", lifetime_s=0)
