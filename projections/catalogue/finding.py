"""Finds tools in the catalogue: by category, by words and by slug."""

from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from asyncpg import Record
from msgspec import Struct

from events.ids import tool_subject
from events.log.connection import Pool

_FOLDER: Final = files("projections.catalogue")
_SELECT_CATEGORIES: Final = _FOLDER.joinpath("select_categories.sql").read_text()
_SEARCH_TOOLS: Final = _FOLDER.joinpath("search_tools.sql").read_text()
_SELECT_NAMED_TOOLS: Final = _FOLDER.joinpath("select_named_tools.sql").read_text()


class Category(Struct, frozen=True):
    """A category, and how many tools are listed in it."""

    slug: str
    tools: int


class FoundTool(Struct, frozen=True):
    """A listed tool, with the fields that a line of a list shows."""

    slug: str
    name: str
    vendor: str
    category: str
    tagline: str


async def read_categories(pool: Pool) -> list[Category]:
    """Read the categories that have tools, by slug."""
    return [Category(row["category"], row["tools"]) for row in await pool.fetch(_SELECT_CATEGORIES)]


async def search_tools(pool: Pool, text: str, *, limit: int) -> list[FoundTool]:
    """Find up to `limit` tools whose entry holds every word of a text, in either case; none without words."""
    words = text.lower().split()
    if not words:
        return []
    return [_found(row) for row in await pool.fetch(_SEARCH_TOOLS, words, " ".join(words), limit)]


async def read_named_tools(pool: Pool, slugs: Iterable[str]) -> dict[str, FoundTool]:
    """Read tools by slug; those that are not listed are left out."""
    rows = await pool.fetch(_SELECT_NAMED_TOOLS, [tool_subject(slug) for slug in slugs])
    return {row["slug"]: _found(row) for row in rows}


def _found(row: Record) -> FoundTool:
    return FoundTool(row["slug"], row["name"], row["vendor"], row["category"], row["tagline"])
