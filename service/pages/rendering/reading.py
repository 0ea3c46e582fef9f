"""Reads typed text and the parts of a page's path. A malformed part means that the page is not found."""

from collections.abc import Callable
from typing import Final, TypeVar
from uuid import UUID

from litestar.exceptions import NotFoundException

from service.http import parameters
from service.http.problems import BadParameterError
from service.http.request import Request

TEXT_LENGTH_MAX: Final = 200

T = TypeVar("T")


def text(given: dict[str, str], name: str) -> str:
    """Read typed text as one line of limited length; "" if it is missing."""
    words = "".join(letter if letter.isprintable() else " " for letter in given.get(name, ""))
    return " ".join(words.split())[:TEXT_LENGTH_MAX]


def page_slug(request: Request, name: str = "slug") -> str:
    """Read a slug from the path.

    Raises:
        NotFoundException: it is malformed, so no page can be there.
    """
    return _from_path(parameters.slug, request, name)


def page_id(request: Request, name: str = "id") -> UUID:
    """Read a UUID from the path; raises as `slug` does."""
    return _from_path(parameters.identifier, request, name)


def _from_path(read: Callable[[Request, str], T], request: Request, name: str) -> T:
    try:
        return read(request, name)
    except BadParameterError as error:
        raise NotFoundException(detail=error.detail) from error
