"""Reads reviews, as they are or as they were."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Final

from asyncpg import Record
from msgspec import Struct

from events.facts import Choice
from events.ids import Position, SubjectId, tool_subject
from events.log.connection import Pool
from projections.catalogue.queries import Panelist, read_panelists, read_panelists_at
from projections.past.moments import State
from projections.past.panel import Panel

_FOLDER: Final = files("projections.reviews")
_SELECT_REVIEWS: Final = _FOLDER.joinpath("select_reviews.sql").read_text()
_SELECT_REVIEWS_SAID: Final = _FOLDER.joinpath("select_reviews_said.sql").read_text()


class Review(Struct, frozen=True):
    """A standing review. `name` and `lens` are the panelist's of the same moment."""

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
    return [_review(row, panelists[row["panelist"]]) for row in rows if row["panelist"] in panelists]


async def read_reviews_at(
    state: State, panels: Mapping[SubjectId, Panel], *, position: Position, corrected: bool = False
) -> dict[SubjectId, list[Review]]:
    """Read the reviews that stood at a position, by panelist; `name` and `lens` are the panelist's of then.

    Args:
        state: Knows that position.
        panels: The tools asked for, with all that was ever said in their reviews.
        position: At most `state.known`.
        corrected: Whether they stood by the rulings known now, or by those known then.
    """
    known = state.known if corrected else position
    stood = [said.position for panel in panels.values() for said in panel.standing(at=position, known=known)]
    found: dict[SubjectId, list[Review]] = {subject_id: [] for subject_id in panels}
    if not stood:
        return found
    rows = await state.connection.fetch(_SELECT_REVIEWS_SAID, list(panels), stood)
    slugs = list({row["panelist"] for row in rows})
    panelists = await read_panelists_at(state.connection, slugs, position=position)
    for row in rows:
        if row["panelist"] in panelists:
            found[SubjectId(row["subject_id"])].append(_review(row, panelists[row["panelist"]]))
    return found


def _review(row: Record, panelist: Panelist) -> Review:
    return Review(
        panelist=panelist.slug,
        name=panelist.name,
        lens=panelist.lens,
        verdict=row["verdict"],
        headline=row["headline"],
        body=row["body"],
        recorded_at=row["recorded_at"],
        position=Position(row["position"]),
    )
