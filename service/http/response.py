"""Answers as bytes: made once, sent many times, revalidated by ETag."""

from hashlib import blake2b
from typing import Final

import msgspec
from litestar.status_codes import HTTP_304_NOT_MODIFIED
from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send

JSON: Final = b"application/json"
NDJSON: Final = b"application/x-ndjson"

encode: Final = msgspec.json.Encoder().encode
"""Writes a document as JSON."""


class Response:
    """A response whose bytes are ready; Litestar sends it as it is."""

    __slots__ = ("_body", "_start")

    def __init__(
        self,
        body: bytes,
        *,
        status: int = 200,
        media_type: bytes = JSON,
        headers: tuple[tuple[bytes, bytes], ...] = (),
    ) -> None:
        described = (
            ((b"content-type", media_type), (b"content-length", str(len(body)).encode()))
            if status != HTTP_304_NOT_MODIFIED
            else ()
        )
        self._start: HTTPResponseStartEvent = {
            "type": "http.response.start",
            "status": status,
            "headers": [*described, *headers],
        }
        self._body: HTTPResponseBodyEvent = {
            "type": "http.response.body",
            "body": body,
            "more_body": False,
        }

    @property
    def status(self) -> int:
        """The HTTP status code."""
        return self._start["status"]

    @property
    def body(self) -> bytes:
        """The bytes of the body."""
        return self._body["body"]

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it (ASGI)."""
        await send(self._start)
        await send(self._body)


def etag_of(body: bytes) -> bytes:
    """Name these very bytes."""
    return b'"' + blake2b(body, digest_size=12).hexdigest().encode() + b'"'


def not_modified(etag: bytes) -> Response:
    """Tell the client that what it has is current."""
    return Response(
        b"", status=HTTP_304_NOT_MODIFIED, headers=((b"etag", etag), (b"cache-control", b"no-cache"))
    )
