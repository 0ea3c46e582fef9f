"""Reads when tools and pairs of tools last changed."""

from datetime import datetime
from importlib.resources import files
from typing import Final

from msgspec import Struct

from events.log.connection import Pool

_SELECT_CHANGED: Final = files("projections.community").joinpath("select_changed.sql").read_text()
_SELECT_MET: Final = files("projections.community").joinpath("select_met.sql").read_text()


class ChangedTool(Struct, frozen=True):
    """A listed tool, and when its entry, its reviews or its votes last changed."""

    slug: str
    category: str
    changed_at: datetime


class MetPair(Struct, frozen=True):
    """Two tools in alphabetical order, and when somebody last preferred one of them."""

    left: str
    right: str
    changed_at: datetime


async def read_changed_tools(pool: Pool, *, limit: int) -> list[ChangedTool]:
    """List up to `limit` listed tools, those with the most votes first."""
    rows = await pool.fetch(_SELECT_CHANGED, limit)
    return [ChangedTool(row["slug"], row["category"], row["changed_at"]) for row in rows]


async def read_met_pairs(pool: Pool, *, limit: int) -> list[MetPair]:
    """List up to `limit` pairs that were compared by voters, those that met last first.

    Some of the tools may have been delisted since.
    """
    rows = await pool.fetch(_SELECT_MET, limit)
    return [MetPair(row["left_slug"], row["right_slug"], row["changed_at"]) for row in rows]
