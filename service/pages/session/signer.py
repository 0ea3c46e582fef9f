"""Signs forms and cookies, and knows the site's own origin and whether visitors may vote."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes
from typing import Final, Literal
from urllib.parse import urlsplit

from litestar.types import HTTPScope

Purpose = Literal["form", "visitor", "limit", "ruling"]

MAC_BYTES: Final = 16


class Signer:
    """One for each process.

    Args:
        secret: The service's; a key of its own is derived from it, so that no token passes for a seal.
        url: Where readers find the site; "" where nobody has said.
        anonymous_votes: Whether people without an account may vote.
    """

    def __init__(self, secret: str, url: str, *, anonymous_votes: bool) -> None:
        self._key = hmac.digest(secret.encode(), b"ostraka: pages", sha256)
        self._site = urlsplit(url)
        self.anonymous_votes: Final = anonymous_votes

    def sign(self, purpose: Purpose, text: str) -> bytes:
        """Make the bytes that only this service can make of a text."""
        return hmac.digest(self._key, f"{purpose}:{text}".encode(), sha256)[:MAC_BYTES]

    def is_own(self, origin: bytes, host: bytes) -> bool:
        """Tell whether an Origin header names this site: the host that was asked, or the public one."""
        try:
            parts = urlsplit(origin.decode("latin-1"))
        except ValueError:
            return False
        own = {host.decode("latin-1").lower(), self._site.netloc.lower()} - {""}
        return parts.scheme in {"http", "https"} and parts.netloc.lower() in own

    def is_https(self, scope: HTTPScope, host: bytes) -> bool:
        """Tell whether the browser came by https; where a proxy ends it, the public address knows."""
        by_proxy = (
            self._site.scheme == "https" and self._site.netloc.lower() == host.decode("latin-1").lower()
        )
        return scope["scheme"] == "https" or by_proxy


def masked(seal: bytes) -> str:
    """Write a seal so that it looks different each time: compressed pages then leak nothing of it.

    Source: Gluck, Harris, Prado (2013), "BREACH: reviving the CRIME attack".
    """
    mask = token_bytes(len(seal))
    return to_text(mask + _xor(mask, seal))


def unmasked(text: str) -> bytes:
    """Read a masked seal; text that is not one gives bytes that match no seal."""
    raw = from_text(text)
    half = len(raw) // 2
    return _xor(raw[:half], raw[half:]) if len(raw) == 2 * MAC_BYTES else b""


def to_text(raw: bytes) -> str:
    """Write bytes in letters that cookies and forms may hold."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Read bytes from such letters; b"" if the text is malformed."""
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        return b""


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
