"""Reads the newest verdicts."""

from datetime import datetime
from importlib.resources import files
from typing import Final

from msgspec import Struct

from events.facts import Choice
from events.log.connection import Pool
from projections.catalogue.queries import read_panelists

_SELECT_LATEST: Final = files("projections.reviews").joinpath("select_latest.sql").read_text()


class LatestVerdict(Struct, frozen=True):
    """A standing review without its reasons; tool and panelist as they are called today."""

    tool: str
    tool_name: str
    category: str
    panelist: str
    panelist_name: str
    lens: str
    verdict: Choice
    headline: str
    recorded_at: datetime


async def read_latest_verdicts(pool: Pool, *, limit: int) -> list[LatestVerdict]:
    """List the last `limit` reviews of tools that are listed, the newest first."""
    rows = await pool.fetch(_SELECT_LATEST, limit)
    panelists = await read_panelists(pool, [row["panelist"] for row in rows])
    return [
        LatestVerdict(
            tool=row["slug"],
            tool_name=row["name"],
            category=row["category"],
            panelist=row["panelist"],
            panelist_name=panelists[row["panelist"]].name,
            lens=panelists[row["panelist"]].lens,
            verdict=row["verdict"],
            headline=row["headline"],
            recorded_at=row["recorded_at"],
        )
        for row in rows
        if row["panelist"] in panelists
    ]
