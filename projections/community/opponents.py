"""Reads the opponents of a tool in matchups, and the crowd's preferences there."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from events.log.connection import Pool
from projections.rules.tallies import PreferenceTally

_SELECT_OPPONENTS: Final = files("projections.community").joinpath("select_opponents.sql").read_text()


async def read_opponents(pool: Pool, slug: str, *, limit: int) -> Mapping[str, PreferenceTally]:
    """Read the preferences between a tool and others, by their slugs, in all contexts together.

    Up to `limit` opponents with votes, those with the most first. Some may have been delisted since.
    """
    rows = await pool.fetch(_SELECT_OPPONENTS, slug, limit)
    return {
        row["opponent"]: PreferenceTally(wins=row["wins"], losses=row["losses"], ties=row["ties"])
        for row in rows
    }
