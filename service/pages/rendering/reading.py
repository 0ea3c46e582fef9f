"""Reads the query of a page's address. It ignores unknown names, since links gather all sorts of things."""

from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

from litestar.exceptions import NotFoundException

from service.http import parameters
from service.http.problems import BadParameterError
from service.http.request import Request

TEXT_LENGTH_MAX: Final = 200


def asked(request: Request, *names: str) -> dict[str, str]:
    """Read these query parameters, the first of each name; blank ones count as missing, as in forms."""
    query = request.scope["query_string"].decode("latin-1")
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, errors="replace"):
        if name in names and value.strip():
            found.setdefault(name, value.strip())
    return found


def text(given: dict[str, str], name: str) -> str:
    """Read typed text as one line of limited length; "" if it is missing."""
    words = "".join(letter if letter.isprintable() else " " for letter in given.get(name, ""))
    return " ".join(words.split())[:TEXT_LENGTH_MAX]


def slug(request: Request, name: str = "slug") -> str:
    """Read a slug from the path.

    Raises:
        NotFoundException: it is malformed, so no page can be there.
    """
    try:
        return parameters.slug(request, name)
    except BadParameterError as error:
        raise NotFoundException(detail=error.detail) from error


def identifier(request: Request, name: str = "id") -> UUID:
    """Read a UUID from the path.

    Raises:
        NotFoundException: it is malformed, so no page can be there.
    """
    try:
        return parameters.identifier(request, name)
    except BadParameterError as error:
        raise NotFoundException(detail=error.detail) from error
