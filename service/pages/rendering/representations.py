"""Bytes for browsers: made once, compressed when first asked for, revalidated by ETag."""

from typing import Final

from service.http.conditional import matches
from service.http.headers import VARIES
from service.http.request import Request
from service.http.response import Response, etag_of
from service.pages.rendering.encodings import Encoding, choose, compress

WORTH_COMPRESSING_BYTES: Final = 1_200
"""A smaller body fits into one packet uncompressed."""

Headers = tuple[tuple[bytes, bytes], ...]
BROTLI_QUALITY: Final = 5
"""A page is compressed about once a second: a millisecond for it is well spent, ten are not."""


class Representation:
    """Bytes of a media type, in each encoding that a client may want.

    Args:
        brotli_quality: From 0 (fast) to 11 (small). None is for a body that
            is compressed already.
    """

    __slots__ = ("_answers", "_body", "_headers", "_media_type", "_quality", "_unchanged", "etag")

    def __init__(
        self, body: bytes, *, media_type: bytes, headers: Headers, brotli_quality: int | None = BROTLI_QUALITY
    ) -> None:
        # Weak: the bytes on the wire differ by encoding.
        self.etag: Final = b"W/" + etag_of(body)
        self._body = body
        self._media_type = media_type
        self._headers: Headers = ((b"etag", self.etag), VARIES, *headers)
        self._quality = brotli_quality
        self._answers: dict[Encoding | None, Response] = {}
        self._unchanged = Response(b"", status=304, headers=self._headers)

    def answer(self, request: Request) -> Response:
        """Answer in an encoding that the client takes, or with 304 if it has the bytes already."""
        if matches(request, self.etag):
            return self._unchanged
        encoding = None
        if self._quality is not None and len(self._body) >= WORTH_COMPRESSING_BYTES:
            encoding = choose(request.header(b"accept-encoding"))
        if encoding not in self._answers:
            self._answers[encoding] = self._answer(encoding)
        return self._answers[encoding]

    def _answer(self, encoding: Encoding | None) -> Response:
        if encoding is None or self._quality is None:
            return Response(self._body, media_type=self._media_type, headers=self._headers)
        return Response(
            compress(self._body, encoding, brotli_quality=self._quality),
            media_type=self._media_type,
            headers=(*self._headers, (b"content-encoding", encoding.encode())),
        )
