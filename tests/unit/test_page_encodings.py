"""Which compression is chosen, by RFC 9110, section 12.5.3; and that nothing is lost by it."""

import gzip

import brotli  # pyright: ignore[reportMissingTypeStubs]
import pytest

from service.pages.rendering.encodings import choose, compress


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, None),
        (b"", None),
        (b"identity", None),
        (b"deflate, zstd", None),
        (b"gzip", "gzip"),
        (b"gzip, deflate, br, zstd", "br"),
        (b"GZIP;q=1.0, BR;q=0.1", "br"),
        (b"br;q=0, gzip;q=0.5", "gzip"),
        (b"br; q=0.000 , gzip ; q=0", None),
        (b"*", "br"),
        (b"br;q=0, *;q=0.1", "gzip"),
        (b"*;q=0, gzip", "gzip"),
        (b"br;q=much, gzip", "gzip"),
        (b";;,,=", None),
        (b"\xff", None),
    ],
)
def test_the_smallest_encoding_that_a_client_takes_is_chosen(
    header: bytes | None, chosen: str | None
) -> None:
    assert choose(header) == chosen


def test_what_is_compressed_comes_back() -> None:
    body = "Hält was aus. ".encode() * 100
    assert gzip.decompress(compress(body, "gzip", brotli_quality=5)) == body
    assert brotli.decompress(compress(body, "br", brotli_quality=5)) == body  # pyright: ignore[reportUnknownMemberType]


def test_the_same_page_is_the_same_bytes_each_time() -> None:
    assert compress(b"page", "gzip", brotli_quality=5) == compress(b"page", "gzip", brotli_quality=5)
