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
        secret: Of the service. Its own key is derived from it, so that no token passes for a signature.
        url: The site's public address; "" if it is not set.
        anonymous_votes: Whether people without an account may vote.
    """

    def __init__(self, secret: str, url: str, *, anonymous_votes: bool) -> None:
        self._key = hmac.digest(secret.encode(), b"ostraka: pages", sha256)
        self._site = urlsplit(url)
        self.anonymous_votes: Final = anonymous_votes

    def sign(self, purpose: Purpose, text: str) -> bytes:
        """Sign a text for one purpose."""
        return hmac.digest(self._key, f"{purpose}:{text}".encode(), sha256)[:MAC_BYTES]

    def is_own(self, origin: bytes, host: bytes) -> bool:
        """Return whether an Origin header names this site: the host of the request, or the public one."""
        try:
            parts = urlsplit(origin.decode("latin-1"))
        except ValueError:
            return False
        own = {host.decode("latin-1").lower(), self._site.netloc.lower()} - {""}
        return parts.scheme in {"http", "https"} and parts.netloc.lower() in own

    def is_https(self, scope: HTTPScope, host: bytes) -> bool:
        """Return whether the browser uses https; behind a proxy the public address decides."""
        by_proxy = (
            self._site.scheme == "https" and self._site.netloc.lower() == host.decode("latin-1").lower()
        )
        return scope["scheme"] == "https" or by_proxy


def masked(signature: bytes) -> str:
    """Write a signature so that it looks different each time: compressed pages then leak nothing of it.

    Source: Gluck, Harris, Prado (2013), "BREACH: reviving the CRIME attack".
    """
    mask = token_bytes(len(signature))
    return to_text(mask + _xor(mask, signature))


def unmasked(text: str) -> bytes:
    """Read a masked signature; text that is not one gives bytes that match no signature."""
    raw = from_text(text)
    half = len(raw) // 2
    return _xor(raw[:half], raw[half:]) if len(raw) == 2 * MAC_BYTES else b""


def to_text(raw: bytes) -> str:
    """Write bytes as text that is safe in cookies and forms."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Read bytes from such letters; b"" if the text is malformed."""
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        return b""


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
