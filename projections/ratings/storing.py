"""Keeps the ratings of every context in Postgres, each context's as of one position."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import structlog
from asyncpg import Record
from msgspec import Struct

from events.facts import OVERALL
from events.ids import RULE_SUBJECT, Position, SubjectId, tool_subject
from events.log.connection import Connection, Pool
from projections.past.moments import open_state
from projections.ratings import sql
from projections.ratings.outcomes import count_outcomes, fit_outcomes
from projections.ratings.rating import Rating

COLUMNS: Final = (
    "subject_id",
    "context",
    "strength",
    "score",
    "low",
    "high",
    "scale",
    "note",
    "wins",
    "losses",
    "ties",
)

_log: Final = structlog.get_logger(__name__)


class StoredFit(Struct, frozen=True):
    """A context's ratings: they reflect everything up to `position`."""

    context: str
    position: Position
    fitted_at: datetime


async def is_due(pool: Pool) -> bool:
    """Tell whether there are preferences or rulings that the ratings do not reflect yet."""
    return await pool.fetchval(sql.is_due, OVERALL, RULE_SUBJECT)


async def refit_due(pool: Pool) -> None:
    """Fit the ratings again in each context that changed since."""
    for row in await pool.fetch(sql.select_due, OVERALL, RULE_SUBJECT):
        await refit(pool, row["context"])


async def refit(pool: Pool, context: str) -> None:
    """Fit a context's ratings again and store them, unless newer ones were stored meanwhile."""
    async with open_state(pool) as state:
        fitted = await state.connection.fetchrow(sql.select_fit, context)
        known_stale = fitted is not None and fitted["stale"]
        position, rule = state.known, state.rules.at(state.known)
        outcomes = await count_outcomes(state, context, rule)
    ratings = await fit_outcomes(outcomes, rule)
    rows = [_columns(slug, context, rating) for slug, rating in ratings.items()]
    async with pool.acquire() as connection, connection.transaction():
        if await connection.fetchval(sql.note_fit, context, position, known_stale) is None:
            return
        await connection.execute(sql.delete_ratings, context)
        await connection.copy_records_to_table("ratings", columns=COLUMNS, records=rows)
    _log.info("ratings fitted", context=context, position=position, tools=len(rows))


async def mark_stale(connection: Connection) -> None:
    """Have all ratings fitted again: tallies changed without an event. Until then the old ones are read."""
    await connection.execute(sql.mark_stale)


async def read_contexts(pool: Pool) -> Sequence[str]:
    """Name the contexts in which tools are rated."""
    return [row["context"] for row in await pool.fetch(sql.select_contexts)]


async def read_fits(pool: Pool) -> Sequence[StoredFit]:
    """Tell how fresh each context's ratings are, those of all preferences first."""
    rows = await pool.fetch(sql.select_fits, OVERALL)
    return [StoredFit(row["context"], Position(row["position"]), row["fitted_at"]) for row in rows]


async def read_ratings(
    connection: Connection, context: str, subjects: Sequence[SubjectId]
) -> tuple[Position, Mapping[SubjectId, Rating]]:
    """Read the ratings of some tools in a context, and the position they reflect (0 where there are none)."""
    fitted = await connection.fetchrow(sql.select_fit, context)
    rows = await connection.fetch(sql.select_ratings, context, subjects)
    position = Position(fitted["position"] if fitted else 0)
    return position, {SubjectId(row["subject_id"]): _rating(row) for row in rows}


def _columns(slug: str, context: str, rating: Rating) -> tuple[object, ...]:
    return (
        tool_subject(slug),
        context,
        rating.strength,
        rating.score,
        *rating.interval,
        rating.group,
        rating.note,
        rating.wins,
        rating.losses,
        rating.ties,
    )


def _rating(row: Record) -> Rating:
    return Rating(
        strength=row["strength"],
        score=row["score"],
        interval=(row["low"], row["high"]),
        group=row["scale"],
        note=row["note"],
        wins=row["wins"],
        losses=row["losses"],
        ties=row["ties"],
    )
