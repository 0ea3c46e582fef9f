"""The rows that every table of the read models should hold, and those that it holds."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, assert_never

from events.codec import Event
from events.facts import (
    EventReinstated,
    EventRetracted,
    PanelistRetired,
    PanelistSeated,
    PreferenceCast,
    PreferenceWithdrawn,
    ReviewRevised,
    ReviewSubmitted,
    ReviewText,
    ReviewWithdrawn,
    RuleAdopted,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)
from events.log.connection import Connection
from projections.registry import MODELS
from tests.support.crowd_tables import Rows, exclusion_tables, moderation_rows, preference_tables, vote_tables
from tests.support.oracle import by_stream, is_review, standing

_VOTES = "ship, skip, corrected_ship, corrected_skip"
_WINS = "left_wins, right_wins, ties"
_PREFERENCES = f"{_WINS}, corrected_left_wins, corrected_right_wins, corrected_ties"

COLUMNS = {
    "tools": (1, "subject_id, name, listed, position"),
    "panelists": (1, "subject_id, lens, seated, position"),
    "reviews": (2, "subject_id, actor_id, panelist, verdict, headline, position"),
    "panel": (1, "subject_id, ship, skip, position"),
    "community": (1, "subject_id, ship, skip, position"),
    "community_history": (3, f"subject_id, hour, cell, events, {_VOTES}, position"),
    "anonymous": (1, "subject_id, ship, skip"),
    "anonymous_history": (3, f"subject_id, hour, cell, {_VOTES}"),
    "matchups": (1, f"subject_id, left_slug, right_slug, context, {_WINS}, position"),
    "matchup_history": (3, f"subject_id, hour, cell, {_PREFERENCES}"),
    "anonymous_matchups": (1, f"subject_id, {_WINS}"),
    "anonymous_matchup_history": (3, f"subject_id, hour, cell, {_PREFERENCES}"),
    "exclusions": (4, "subject_id, hour, cell, reason, votes, corrected_votes"),
    "excluded": (2, "subject_id, reason, votes"),
    "moderations": (2, "subject_id, batch, type, events, first_position, last_position, recorded_at"),
}
"""How many columns make a table's key, and the columns that are looked at."""

TABLES = {model.name: model.tables for model in MODELS}


async def stored(connection: Connection, table: str) -> Rows:
    """Read a read model's table."""
    width, columns = COLUMNS[table]
    rows = [tuple(row) for row in await connection.fetch(f"SELECT {columns} FROM {table}")]  # noqa: S608 - of the table above
    found = {row[:width]: row for row in rows}
    assert len(found) == len(rows)
    return found


def expected(events: Sequence[Event]) -> dict[str, Rows]:
    """Fold events, some positions perhaps left out, into what each table should hold."""
    return {
        **_catalogue(events),
        **_reviews(events),
        **vote_tables(events),
        **preference_tables(events),
        **exclusion_tables(events),
        "moderations": moderation_rows(events),
    }


def _catalogue(events: Sequence[Event]) -> dict[str, Rows]:
    tools: Rows = {}
    panelists: Rows = {}
    for event in events:
        key, position = (event.subject_id,), event.position
        match event.fact:
            case ToolListed() | ToolRevised() as entry:
                tools[key] = (*key, entry.name, True, position)
            case ToolDelisted():
                tools[key] = (*tools[key][:2], False, position)
            case PanelistSeated() as entry:
                panelists[key] = (*key, entry.lens, True, position)
            case PanelistRetired():
                panelists[key] = (*panelists[key][:2], False, position)
            case VoteCast() | VoteWithdrawn() | PreferenceCast() | PreferenceWithdrawn():
                pass
            case ReviewSubmitted() | ReviewRevised() | ReviewWithdrawn():
                pass
            case EventRetracted() | EventReinstated() | RuleAdopted():
                pass
            case _:
                assert_never(event.fact)
    return {"tools": tools, "panelists": panelists}


def _reviews(events: Sequence[Event]) -> dict[str, Rows]:
    reviews: Rows = {}
    last: dict[tuple[Any, ...], int] = {}
    for key, stream in by_stream(events).items():
        if is_review(stream):
            last[key[:1]] = max(stream[-1].position, last.get(key[:1], 0))
            event = standing(stream, at=stream[-1].position, known=stream[-1].position)
            if event and isinstance(event.fact, ReviewText):
                fact = event.fact
                reviews[key] = (*key, fact.panelist, fact.verdict, fact.headline, event.position)
    verdicts = Counter((key[:1], row[3]) for key, row in reviews.items())
    panel = {
        key: (*key, verdicts[key, "ship"], verdicts[key, "skip"], position) for key, position in last.items()
    }
    return {"reviews": reviews, "panel": panel}
