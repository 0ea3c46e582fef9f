"""Reads that a client has already: ETag and If-None-Match (RFC 9110, section 13)."""

from service.http.request import Request
from service.http.response import Response, encode, etag_of, not_modified


def answer_read(request: Request, document: object, *, says: object = None) -> Response:
    """Answer a read with a document, or with 304 if the client has it already.

    Args:
        request: What the client has.
        document: What it gets.
        says: What of the document matters, if that is not all of it: then the ETag is weak, and names this.
    """
    body = encode(document)
    etag = etag_of(body) if says is None else b"W/" + etag_of(encode(says))
    if matches(request, etag):
        return not_modified(etag)
    return Response(body, headers=((b"etag", etag), (b"cache-control", b"no-cache")))


def matches(request: Request, etag: bytes) -> bool:
    """Tell whether the request's If-None-Match names this ETag, by weak comparison."""
    value = request.header(b"if-none-match")
    if value is None:
        return False
    strong = etag.removeprefix(b"W/")
    return value.strip() == b"*" or any(
        candidate.strip().removeprefix(b"W/") == strong for candidate in value.split(b",")
    )
