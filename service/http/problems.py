"""Every refusal as `application/problem+json` (RFC 9457), with a stable `type`.

Refusal
├── BadBodyError         the body is not what the operation takes
├── BadParameterError    a path or query parameter is not what the operation takes
├── NotSignedInError     no token, or one that is invalid or expired
├── WrongRoleError       the token's role may not do this
├── NotCaughtUpError     the scores have not reached the position asked for
├── TooManyStreamsError  the process keeps as many streams open as it may
├── (the rules')         service.commands.refusals
└── (the writer's)       events.log.commands
"""

from typing import Any, Final

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR, HTTP_503_SERVICE_UNAVAILABLE
from msgspec import Struct

from events.log.commands import LogUnavailableError, Refusal
from events.log.connection import LOST

MEDIA_TYPE: Final = "application/problem+json"
PREFIX: Final = "urn:ostraka:problem:"

_log: Final = structlog.get_logger(__name__)


class Problem(Struct, frozen=True):
    """The body of every refusal. `detail` says what to do about this very request."""

    type: str
    title: str
    status: int
    detail: str


class BadBodyError(Refusal):
    """The body is not JSON, or not of the shape the operation takes."""

    type = "bad-body"
    title = "The body is not what this operation takes"


class BadParameterError(Refusal):
    """A path or query parameter is not what the operation takes."""

    type = "bad-parameter"
    title = "A parameter is not what this operation takes"


class BodyTooLargeError(Refusal):
    """The body is larger, or has more lines, than the operation takes."""

    type = "body-too-large"
    title = "The body is too large"
    status = 413


class NotSignedInError(Refusal):
    """No usable bearer token came with the request."""

    type = "not-signed-in"
    title = "A valid bearer token is needed"
    status = 401


class TokenExpiredError(NotSignedInError):
    """The bearer token's time is over."""

    type = "token-expired"
    title = "The bearer token has expired"


class WrongRoleError(Refusal):
    """The token is good, but its role may not do this."""

    type = "wrong-role"
    title = "This role may not do this"
    status = 403


class NotCaughtUpError(Refusal):
    """The scores did not reach the position asked for within the time a request may wait."""

    type = "not-caught-up"
    title = "The scores have not reached this position yet"
    status = 503
    retry_after_s = 1


class TooManyStreamsError(Refusal):
    """As many streams are open here as one process keeps."""

    type = "too-many-streams"
    title = "Too many streams are open"
    status = 503
    retry_after_s = 5


TYPES_BY_STATUS: Final = {
    404: ("not-found", "There is nothing here"),
    405: ("method-not-allowed", "This method is not for this address"),
    413: (BodyTooLargeError.type, BodyTooLargeError.title),
    415: ("unsupported-media-type", "This media type is not taken here"),
    429: ("too-many-requests", "Too many requests"),
}


def problem_of(refusal: Refusal) -> Problem:
    """Write a refusal as its problem document."""
    return Problem(PREFIX + refusal.type, refusal.title, refusal.status, refusal.detail)


def answer_refusal(_request: Request[Any, Any, Any], refusal: Refusal) -> Response[Problem]:
    """Answer a request that was refused."""
    headers: dict[str, str] = {}
    if refusal.retry_after_s is not None:
        headers["Retry-After"] = str(refusal.retry_after_s)
    if isinstance(refusal, NotSignedInError):
        headers["WWW-Authenticate"] = "Bearer"
    return Response(problem_of(refusal), status_code=refusal.status, media_type=MEDIA_TYPE, headers=headers)


def answer_http_error(_request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """Answer what the framework refused: no such address, wrong method, body too large."""
    type_, title = TYPES_BY_STATUS.get(error.status_code, ("bad-request", "The request cannot be understood"))
    return Response(
        Problem(PREFIX + type_, title, error.status_code, error.detail or title),
        status_code=error.status_code,
        media_type=MEDIA_TYPE,
        headers=dict(error.headers or {}),
    )


def answer_defect(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Answer what should not have happened, without telling the world what it was."""
    if isinstance(error, (*LOST, asyncpg.PostgresConnectionError)) and not isinstance(error, ValueError):
        _log.warning("postgres cannot be reached", path=request.url.path, error=repr(error))
        return Response(
            Problem(
                PREFIX + LogUnavailableError.type,
                "The database cannot be reached at the moment",
                HTTP_503_SERVICE_UNAVAILABLE,
                "Try again in a moment.",
            ),
            status_code=HTTP_503_SERVICE_UNAVAILABLE,
            media_type=MEDIA_TYPE,
            headers={"Retry-After": "1"},
        )
    _log.error("a request met a defect", path=request.url.path, exc_info=error)
    return Response(
        Problem(
            PREFIX + "defect",
            "Something went wrong here",
            HTTP_500_INTERNAL_SERVER_ERROR,
            "This is a defect of the service, not of the request. It has been logged.",
        ),
        status_code=HTTP_500_INTERNAL_SERVER_ERROR,
        media_type=MEDIA_TYPE,
    )


BAD_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""The errors that msgspec raises about bytes that are not JSON, not UTF-8, or nested too deep."""


def bad_body(error: Exception) -> BadBodyError:
    """Turn msgspec's complaint about a body, one of `BAD_JSON`, into a refusal."""
    if isinstance(error, msgspec.ValidationError):
        return BadBodyError(f"{error}.")
    if isinstance(error, UnicodeDecodeError):
        return BadBodyError("The body is not valid JSON: it is not UTF-8.")
    return BadBodyError(f"The body is not valid JSON: {error}.")
