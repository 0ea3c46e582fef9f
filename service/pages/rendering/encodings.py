"""Chooses the compression that a client takes (RFC 9110, section 12.5.3), and applies it."""

import gzip
from collections.abc import Callable
from typing import Final, Literal, assert_never

import brotli  # pyright: ignore[reportMissingTypeStubs]

Encoding = Literal["br", "gzip"]

PREFERRED: Final[tuple[Encoding, ...]] = ("br", "gzip")
"""The smaller the bytes, the earlier."""

GZIP_LEVEL: Final = 6

_brotli: Final[Callable[..., bytes]] = brotli.compress  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_TEXT: Final[int] = brotli.MODE_TEXT  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def choose(accept_encoding: bytes | None) -> Encoding | None:
    """Choose the best compression that an Accept-Encoding header allows; None means no compression."""
    if not accept_encoding:
        return None
    weights = dict(_read(part) for part in accept_encoding.decode("latin-1").lower().split(","))
    others = weights.get("*", 0.0)
    return next((encoding for encoding in PREFERRED if weights.get(encoding, others) > 0), None)


def compress(body: bytes, encoding: Encoding, *, brotli_quality: int) -> bytes:
    """Compress; `brotli_quality` is from 0 (fast) to 11 (small)."""
    match encoding:
        case "br":
            return _brotli(body, mode=_TEXT, quality=brotli_quality)
        case "gzip":
            return gzip.compress(body, GZIP_LEVEL, mtime=0)
        case _:
            assert_never(encoding)


def _read(part: str) -> tuple[str, float]:
    name, *parameters = part.split(";")
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return name.strip(), _weight(value)
    return name.strip(), 1.0


def _weight(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0
