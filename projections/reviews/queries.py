"""What the reviews can be asked."""

from datetime import datetime
from importlib.resources import files
from typing import Final

from msgspec import Struct

from events.facts import Choice
from events.ids import Position, tool_subject
from events.log.connection import Pool
from projections.catalogue.queries import read_panelists

_SELECT_REVIEWS: Final = files("projections.reviews").joinpath("select_reviews.sql").read_text()


class Review(Struct, frozen=True):
    """A standing review. `name` and `lens` are the panelist's of today."""

    panelist: str
    name: str
    lens: str
    verdict: Choice
    headline: str
    body: str
    recorded_at: datetime
    position: Position


async def read_reviews(pool: Pool, slug: str, *, after: str, limit: int) -> list[Review]:
    """List up to `limit` reviews of a tool by panelists with slugs above `after`, by panelist."""
    rows = await pool.fetch(_SELECT_REVIEWS, tool_subject(slug), after, limit)
    panelists = await read_panelists(pool, [row["panelist"] for row in rows])
    return [
        Review(
            panelist=row["panelist"],
            name=panelists[row["panelist"]].name,
            lens=panelists[row["panelist"]].lens,
            verdict=row["verdict"],
            headline=row["headline"],
            body=row["body"],
            recorded_at=row["recorded_at"],
            position=Position(row["position"]),
        )
        for row in rows
        if row["panelist"] in panelists
    ]
