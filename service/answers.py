"""Answers as bytes: made once, sent many times, revalidated by ETag."""

from hashlib import blake2b
from typing import Any, Final

import msgspec
from litestar import Request
from litestar.status_codes import HTTP_304_NOT_MODIFIED
from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send

JSON: Final = b"application/json"
NDJSON: Final = b"application/x-ndjson"

encode: Final = msgspec.json.Encoder().encode
"""Writes a document as JSON."""


class Answer:
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

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it (ASGI)."""
        await send(self._start)
        await send(self._body)


def etag_of(body: bytes) -> bytes:
    """Name these very bytes."""
    return b'"' + blake2b(body, digest_size=12).hexdigest().encode() + b'"'


def answer_read(request: Request[Any, Any, Any], document: object) -> Answer:
    """Answer a read with a document, or with 304 if the client has it already."""
    body = encode(document)
    etag = etag_of(body)
    if matches(request, etag):
        return not_modified(etag)
    return Answer(body, headers=((b"etag", etag), (b"cache-control", b"no-cache")))


def not_modified(etag: bytes) -> Answer:
    """Tell the client that what it has is current."""
    return Answer(
        b"", status=HTTP_304_NOT_MODIFIED, headers=((b"etag", etag), (b"cache-control", b"no-cache"))
    )


def matches(request: Request[Any, Any, Any], etag: bytes) -> bool:
    """Tell whether the request's If-None-Match names this ETag (weak comparison, RFC 9110 13.1.2)."""
    for name, value in request.scope["headers"]:
        if name == b"if-none-match":
            strong = etag.removeprefix(b"W/")
            return value.strip() == b"*" or any(
                candidate.strip().removeprefix(b"W/") == strong for candidate in value.split(b",")
            )
    return False
