"""What every table of the read models should hold, and what it holds."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, assert_never

from events.codec import Event
from events.facts import (
    EventReinstated,
    EventRetracted,
    PanelistRetired,
    PanelistSeated,
    PreferenceCast,
    PreferenceFact,
    PreferenceWithdrawn,
    ReviewRevised,
    ReviewSubmitted,
    ReviewText,
    ReviewWithdrawn,
    RuleAdopted,
    RulingFact,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)
from events.log.connection import Connection
from projections import cells
from projections.registry import MODELS
from tests.support.oracle import (
    by_stream,
    choice,
    is_anonymous,
    is_ballot,
    is_preference,
    is_review,
    standing,
)

Rows = dict[Any, tuple[Any, ...]]
"""A read model's rows by their key."""

_CHANGES = "ship, skip, tie, corrected_ship, corrected_skip, corrected_tie"

COLUMNS = {
    "tools": (1, "subject_id, name, listed, position"),
    "panelists": (1, "subject_id, lens, seated, position"),
    "reviews": (2, "subject_id, actor_id, panelist, verdict, headline, position"),
    "panel": (1, "subject_id, ship, skip, position"),
    "community": (1, "subject_id, ship, skip, tie, position"),
    "community_history": (3, f"subject_id, hour, cell, events, {_CHANGES}, position"),
    "exclusions": (4, "subject_id, hour, cell, reason, votes, corrected_votes"),
    "excluded": (2, "subject_id, reason, votes"),
    "moderations": (2, "subject_id, batch, type, events, first_position, last_position, recorded_at"),
    "matchups": (1, "subject_id, left_slug, right_slug, context, position"),
    "anonymous": (1, "subject_id, ship, skip, tie"),
    "anonymous_history": (3, f"subject_id, hour, cell, {_CHANGES}"),
}
"""How many columns make a table's key, and the columns that are looked at."""

TABLES = {model.name: model.tables for model in MODELS}


async def stored(connection: Connection, table: str) -> Rows:
    """Read a read model's table, without the changes that add up to nothing."""
    width, columns = COLUMNS[table]
    rows = [tuple(row) for row in await connection.fetch(f"SELECT {columns} FROM {table}")]  # noqa: S608 - of the table above
    if table in {"exclusions", "excluded", "anonymous", "anonymous_history"}:
        rows = [row for row in rows if any(row[width:])]
    found = {row[:width]: row for row in rows}
    assert len(found) == len(rows)
    return found


def expected(events: Sequence[Event]) -> dict[str, Rows]:
    """Fold events, some positions perhaps left out, into what each table should hold."""
    return {
        **_catalogue(events),
        **_reviews(events),
        **_community(events),
        "moderations": _moderations(events),
        "matchups": _matchups(events),
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


def _community(events: Sequence[Event]) -> dict[str, Rows]:
    now = events[-1].position if events else 0
    slices: dict[tuple[Any, ...], list[int]] = {}
    anonymous: dict[tuple[Any, ...], list[int]] = {}
    exclusions: Counter[tuple[Any, ...]] = Counter()
    for stream in by_stream(events).values():
        if not (is_ballot(stream) or is_preference(stream)):
            continue
        told: dict[int, RulingFact] = {}
        cast = {
            event.position: event for event in stream if isinstance(event.fact, VoteCast | PreferenceCast)
        }
        for event in stream:
            here, at = _slice(event), event.position
            changes = slices.setdefault(here, [0] * 8)
            changes[0] += not isinstance(event.fact, RulingFact)
            apart = anonymous.setdefault(here, [0] * 6) if is_anonymous(stream) else [0] * 6
            for column, (known_before, known) in ((0, (at - 1, at)), (3, (now, now))):
                before = _says(standing(stream, at=at - 1, known=known_before))
                after = _says(standing(stream, at=at, known=known))
                for number, word in enumerate(("ship", "skip", "tie"), column):
                    changes[number + 1] += (after == word) - (before == word)
                    apart[number] += (after == word) - (before == word)
            changes[7] = max(changes[7], at)
            if isinstance(event.fact, RulingFact) and event.fact.target in cast:
                for fact, sign in ((told.get(event.fact.target), -1), (event.fact, 1)):
                    if isinstance(fact, EventRetracted):
                        exclusions[*here, fact.reason, 0] += sign
                        exclusions[*_slice(cast[fact.target]), fact.reason, 1] += sign
                told[event.fact.target] = event.fact
    history = {here: (*here, *changes) for here, changes in slices.items()}
    return {
        "community_history": history,
        "community": _summed(history),
        "exclusions": {
            key[:-1]: (*key[:-1], exclusions[*key[:-1], 0], exclusions[*key[:-1], 1])
            for key in exclusions
            if exclusions[*key[:-1], 0] or exclusions[*key[:-1], 1]
        },
        "excluded": _excluded(exclusions),
        "anonymous_history": {here: (*here, *each) for here, each in anonymous.items() if any(each)},
        "anonymous": _anonymous(anonymous),
    }


def _says(event: Event | None) -> str | None:
    """Return what an event says: to prefer the left tool is to ship it, the right one to skip it."""
    said = choice(event)
    if event is None or not isinstance(event.fact, PreferenceCast):
        return said
    return {event.fact.left: "ship", event.fact.right: "skip"}.get(event.fact.winner, "tie")


def _slice(event: Event) -> tuple[int, datetime, int]:
    hour = event.recorded_at.replace(minute=0, second=0, microsecond=0)
    return event.subject_id, hour, event.position // cells.CELL_EVENTS


def _summed(history: Rows) -> Rows:
    tallies: Rows = {}
    for subject, _, _, _, ship, skip, tie, _, _, _, position in history.values():
        old = tallies.get((subject,), (subject, 0, 0, 0, 0))
        sums = (old[1] + ship, old[2] + skip, old[3] + tie)
        tallies[subject,] = (subject, *sums, max(old[4], position))
    return tallies


def _anonymous(slices: dict[tuple[Any, ...], list[int]]) -> Rows:
    sums: Counter[tuple[int, int]] = Counter()
    for (subject, _, _), changes in slices.items():
        for column in range(3):
            sums[subject, column] += changes[column]
    rows = {(subject,): tuple(sums[subject, column] for column in range(3)) for subject, _ in sums}
    return {key: (*key, *row) for key, row in rows.items() if any(row)}


def _excluded(exclusions: Counter[tuple[Any, ...]]) -> Rows:
    votes: Counter[tuple[int, str]] = Counter()
    for (subject, _, _, reason, corrected), change in exclusions.items():
        votes[subject, reason] += 0 if corrected else change
    return {key: (*key, number) for key, number in votes.items() if number}


def _matchups(events: Sequence[Event]) -> Rows:
    found: Rows = {}
    for stream in by_stream(events).values():
        if is_preference(stream):
            first = stream[0].fact
            assert isinstance(first, PreferenceFact)
            key = (stream[0].subject_id,)
            last = max(stream[-1].position, found[key][-1] if key in found else 0)
            found[key] = (*key, first.left, first.right, first.context, last)
    return found


def _moderations(events: Sequence[Event]) -> Rows:
    found: Rows = {}
    for event in events:
        fact = event.fact
        if isinstance(fact, RulingFact):
            key = (event.subject_id, fact.batch)
            _, _, _, number, first, _, _ = found.get(key, (*key, "", 0, event.position, 0, None))
            kind = type(fact).__name__
            found[key] = (*key, kind, number + 1, first, event.position, event.recorded_at)
    return found
