"""The addresses of pages, the one way to write each."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

HOME: Final = "/"


def tool(slug: str) -> str:
    """Name a tool's page."""
    return f"/tools/{quote(slug)}"


def comparison(one: str, other: str) -> str:
    """Name the page that compares two tools: the same one, whichever comes first."""
    left, right = sorted((one, other))
    return f"/compare/{quote(left)}-vs-{quote(right)}"


def leaderboard(category: str, asked: Mapping[str, str | None] | None = None) -> str:
    """Name a leaderboard; None leaves a query parameter out."""
    return f"/leaderboards/{quote(category)}" + query_string(asked or {})


def search(text: str) -> str:
    """Name the page of what a search finds."""
    return "/search" + query_string({"q": text})


def query_string(asked: Mapping[str, str | None]) -> str:
    """Write a query string; "" if every parameter is None."""
    given = {name: value for name, value in asked.items() if value is not None}
    return f"?{urlencode(given)}" if given else ""
