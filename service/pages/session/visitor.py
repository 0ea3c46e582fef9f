"""Browsers that vote without an account, identified only by a random id in a signed cookie."""

import hmac
from secrets import token_urlsafe
from time import time
from typing import Final

from msgspec import Struct

from service.http.request import Request
from service.pages.session.cookies import VISITOR, HeaderPair, cookie, set_cookie
from service.pages.session.signer import Signer, from_text, to_text

LIFETIME_S: Final = 180 * 24 * 3600
ID_BYTES: Final = 16
PREFIX: Final = "visitor/"
"""The account of such a vote is this and the id."""


class NewVisitor(Struct, frozen=True):
    """An account for a browser that had none, and the header that lets it keep it."""

    account: str
    header: HeaderPair


def visitor_account(request: Request, signer: Signer) -> str:
    """Return the account of a browser that voted before; "" without a cookie, or with a forged or old one."""
    id_, _, rest = cookie(request, VISITOR).partition(".")
    expires, _, signature = rest.partition(".")
    if not expires.isdecimal() or not expires.isascii() or len(expires) > len(str(2**63)):
        return ""
    expected = signer.sign("visitor", f"{id_}.{expires}")
    genuine = hmac.compare_digest(from_text(signature), expected)
    return PREFIX + id_ if genuine and int(expires) > time() else ""


def new_visitor(request: Request, signer: Signer) -> NewVisitor:
    """Make an account for a browser that has none."""
    named = f"{token_urlsafe(ID_BYTES)}.{int(time()) + LIFETIME_S}"
    content = f"{named}.{to_text(signer.sign('visitor', named))}"
    account = PREFIX + named.partition(".")[0]
    return NewVisitor(account, set_cookie(request, signer, VISITOR, content, lifetime_s=LIFETIME_S))
