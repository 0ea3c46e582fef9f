"""What every read model should hold, in plain Python over the list of events."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from events.codec import Event
from events.facts import (
    EventReinstated,
    EventRetracted,
    PanelistRetired,
    PanelistSeated,
    ReviewRevised,
    ReviewSubmitted,
    ReviewWithdrawn,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)
from events.log.connection import Connection

Rows = dict[Any, tuple[Any, ...]]
"""A read model's rows by their key."""

TABLES = {"catalogue": ("tools", "panelists"), "reviews": ("reviews", "panel"), "community": ("community",)}
SELECTS = {
    "tools": "SELECT subject_id, name, listed, position FROM read.tools",
    "panelists": "SELECT subject_id, lens, seated, position FROM read.panelists",
    "reviews": "SELECT subject_id, panelist, verdict, headline, position FROM read.reviews",
    "panel": "SELECT subject_id, ship, skip, position FROM read.panel",
    "community": "SELECT subject_id, ship, skip, position FROM read.community",
}


async def stored(connection: Connection, table: str) -> Rows:
    """Read a read model's table."""
    rows = [tuple(row) for row in await connection.fetch(SELECTS[table])]
    found = {(row[:2] if table == "reviews" else row[0]): row for row in rows}
    assert len(found) == len(rows)
    return found


def expected(events: Iterable[Event]) -> dict[str, Rows]:  # noqa: C901 - a case for each fact
    """Fold events into what each table should hold."""
    tools: Rows = {}
    panelists: Rows = {}
    reviews: Rows = {}
    votes: dict[Any, Any] = {}
    touched: dict[str, dict[Any, int]] = {"panel": {}, "community": {}}
    for event in events:
        subject, position, fact = event.subject_id, event.position, event.fact
        match fact:
            case ToolListed() | ToolRevised():
                tools[subject] = (subject, fact.name, True, position)
            case ToolDelisted():
                tools[subject] = (*tools[subject][:2], False, position)
            case PanelistSeated():
                panelists[subject] = (subject, fact.lens, True, position)
            case PanelistRetired():
                panelists[subject] = (*panelists[subject][:2], False, position)
            case ReviewSubmitted() | ReviewRevised():
                reviews[subject, event.actor_id] = (
                    subject,
                    fact.panelist,
                    fact.verdict,
                    fact.headline,
                    position,
                )
                touched["panel"][subject] = position
            case ReviewWithdrawn():
                del reviews[subject, event.actor_id]
                touched["panel"][subject] = position
            case VoteCast():
                votes[subject, event.actor_id] = fact.choice
                touched["community"][subject] = position
            case VoteWithdrawn():
                del votes[subject, event.actor_id]
                touched["community"][subject] = position
            case EventRetracted() | EventReinstated():
                raise NotImplementedError
    panel = _count((subject, review[2]) for (subject, _), review in reviews.items())
    community = _count((subject, choice) for (subject, _), choice in votes.items())
    return {
        "tools": tools,
        "panelists": panelists,
        "reviews": {row[:2]: row for row in reviews.values()},
        "panel": {s: (s, panel[s]["ship"], panel[s]["skip"], at) for s, at in touched["panel"].items()},
        "community": {
            s: (s, community[s]["ship"], community[s]["skip"], at) for s, at in touched["community"].items()
        },
    }


def _count(choices: Iterable[tuple[Any, str]]) -> dict[Any, Counter[str]]:
    counts: dict[Any, Counter[str]] = defaultdict(Counter)
    for subject, choice in choices:
        counts[subject][choice] += 1
    return counts
