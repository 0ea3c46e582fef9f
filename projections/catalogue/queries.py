"""Reads tools and panelists, as they are or as they were."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import msgspec
from asyncpg import Record
from msgspec import Struct

from events.facts import Pricing
from events.ids import Position, panelist_subject, tool_subject
from events.log.connection import Connection, Pool

_FOLDER: Final = files("projections.catalogue")
_SELECT_TOOL: Final = _FOLDER.joinpath("select_tool.sql").read_text()
_SELECT_TOOLS: Final = _FOLDER.joinpath("select_tools.sql").read_text()
_SELECT_WAS_LISTED: Final = _FOLDER.joinpath("select_was_listed.sql").read_text()
_SELECT_TOOLS_AT: Final = _FOLDER.joinpath("select_tools_at.sql").read_text()
_SELECT_PANELISTS_AT: Final = _FOLDER.joinpath("select_panelists_at.sql").read_text()
_SELECT_PANELISTS: Final = _FOLDER.joinpath("select_panelists.sql").read_text()
_decode_pricing = msgspec.json.Decoder(Pricing).decode


class Tool(Struct, frozen=True):
    """A listed tool. `position` is that of the event that last described it."""

    slug: str
    name: str
    vendor: str
    category: str
    tagline: str
    description: str
    homepage: str
    pricing: Pricing | None
    position: Position


class Panelist(Struct, frozen=True):
    """A panelist, seated or retired."""

    slug: str
    name: str
    lens: str
    bio: str


async def read_tool(pool: Pool, slug: str) -> Tool | None:
    """Read one tool; None if no such tool is listed."""
    row = await pool.fetchrow(_SELECT_TOOL, tool_subject(slug))
    return _tool(row) if row else None


async def was_listed(pool: Pool, slug: str) -> bool:
    """Tell whether a tool is listed, or was before it was delisted."""
    return await pool.fetchval(_SELECT_WAS_LISTED, tool_subject(slug))


async def read_tools(pool: Pool, *, after: str, category: str | None, limit: int) -> list[Tool]:
    """List up to `limit` tools with slugs above `after`, by slug; `category` None is every category."""
    return [_tool(row) for row in await pool.fetch(_SELECT_TOOLS, after, category, limit)]


async def read_panelists(pool: Pool, slugs: Sequence[str]) -> dict[str, Panelist]:
    """Read panelists by slug; unknown ones are left out."""
    rows = await pool.fetch(_SELECT_PANELISTS, [panelist_subject(slug) for slug in slugs])
    return {row["slug"]: _panelist(row) for row in rows}


async def read_tools_at(
    connection: Connection, slugs: Sequence[str], *, position: Position
) -> dict[str, Tool]:
    """Read tools by slug as they were listed at a position; those that were not are left out."""
    subjects = [tool_subject(slug) for slug in slugs]
    return {row["slug"]: _tool(row) for row in await connection.fetch(_SELECT_TOOLS_AT, subjects, position)}


async def read_panelists_at(
    connection: Connection, slugs: Sequence[str], *, position: Position
) -> dict[str, Panelist]:
    """Read panelists by slug as their entries were at a position; unknown ones are left out."""
    subjects = [panelist_subject(slug) for slug in slugs]
    rows = await connection.fetch(_SELECT_PANELISTS_AT, subjects, position)
    return {row["slug"]: _panelist(row) for row in rows}


def _panelist(row: Record) -> Panelist:
    return Panelist(row["slug"], row["name"], row["lens"], row["bio"])


def _tool(row: Record) -> Tool:
    pricing = row["pricing"]
    return Tool(
        slug=row["slug"],
        name=row["name"],
        vendor=row["vendor"],
        category=row["category"],
        tagline=row["tagline"],
        description=row["description"],
        homepage=row["homepage"],
        pricing=_decode_pricing(pricing) if pricing is not None else None,
        position=Position(row["position"]),
    )
