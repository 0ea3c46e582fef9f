"""The rows that the tables of the crowd should hold: votes, preferences and rulings on them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from events.codec import Event
from events.facts import EventRetracted, PreferenceCast, PreferenceFact, RulingFact, VoteCast
from projections import cells
from tests.support.oracle import by_stream, choice, is_anonymous, is_ballot, is_preference, standing

Rows = dict[Any, tuple[Any, ...]]
"""A table's rows by their key."""


def vote_tables(events: Sequence[Event]) -> dict[str, Rows]:
    ballots = [stream for stream in by_stream(events).values() if is_ballot(stream)]
    now = _now(events)
    slices = _slices(ballots, ("ship", "skip"), now=now)
    said = Counter(
        _slice(event) for stream in ballots for event in stream if not isinstance(event.fact, RulingFact)
    )
    last: dict[tuple[Any, ...], int] = {}
    for stream in ballots:
        for event in stream:
            here = _slice(event)
            for key in (here, here[:1]):
                last[key] = max(last.get(key, 0), event.position)
    history = {here: (*here, said[here], *changes, last[here]) for here, changes in slices.items()}
    tallies = _summed(slices)
    anonymous = _slices([stream for stream in ballots if is_anonymous(stream)], ("ship", "skip"), now=now)
    return {
        "community_history": history,
        "community": {key: (*row, last[key]) for key, row in tallies.items()},
        "anonymous_history": _rows(anonymous),
        "anonymous": _summed(anonymous),
    }


def preference_tables(events: Sequence[Event]) -> dict[str, Rows]:
    streams = [stream for stream in by_stream(events).values() if is_preference(stream)]
    now = _now(events)
    slices = _slices(streams, ("left", "right", "tie"), now=now)
    tallies = _summed(slices)
    matchups: Rows = {}
    for stream in streams:
        first = stream[0].fact
        assert isinstance(first, PreferenceFact)
        key = (stream[0].subject_id,)
        last = max(stream[-1].position, matchups[key][-1] if key in matchups else 0)
        matchups[key] = (*key, first.left, first.right, first.context, *tallies[key][1:], last)
    anonymous = _slices(
        [stream for stream in streams if is_anonymous(stream)], ("left", "right", "tie"), now=now
    )
    return {
        "matchups": matchups,
        "matchup_history": _rows(slices),
        "anonymous_matchups": _summed(anonymous),
        "anonymous_matchup_history": _rows(anonymous),
    }


Slices = dict[tuple[int, datetime, int], list[int]]
"""By subject, hour and cell: how many more say each word, as published and then as corrected."""


def _slices(streams: Iterable[Sequence[Event]], words: Sequence[str], *, now: int) -> Slices:
    slices: Slices = {}
    for stream in streams:
        for event in stream:
            changes = slices.setdefault(_slice(event), [0] * (2 * len(words)))
            at = event.position
            for column, (known_before, known) in ((0, (at - 1, at)), (len(words), (now, now))):
                before = _says(standing(stream, at=at - 1, known=known_before))
                after = _says(standing(stream, at=at, known=known))
                for number, word in enumerate(words, column):
                    changes[number] += (after == word) - (before == word)
    return slices


def _now(events: Sequence[Event]) -> int:
    return events[-1].position if events else 0


def _says(event: Event | None) -> str | None:
    if event is None or not isinstance(event.fact, PreferenceCast):
        return choice(event)
    return {event.fact.left: "left", event.fact.right: "right"}.get(event.fact.winner, "tie")


def _slice(event: Event) -> tuple[int, datetime, int]:
    hour = event.recorded_at.replace(minute=0, second=0, microsecond=0)
    return event.subject_id, hour, event.position // cells.CELL_EVENTS


def _rows(slices: Slices) -> Rows:
    return {here: (*here, *changes) for here, changes in slices.items()}


def _summed(slices: Slices) -> Rows:
    """Sum the published changes by subject."""
    sums: Rows = {}
    for (subject, _, _), changes in slices.items():
        published = changes[: len(changes) // 2]
        before = sums.get((subject,), (subject, *[0] * len(published)))
        sums[subject,] = (subject, *(old + new for old, new in zip(before[1:], published, strict=True)))
    return sums


def exclusion_tables(events: Sequence[Event]) -> dict[str, Rows]:
    found: Counter[tuple[Any, ...]] = Counter()
    for stream in by_stream(events).values():
        told: dict[int, RulingFact] = {}
        cast = {
            event.position: event for event in stream if isinstance(event.fact, VoteCast | PreferenceCast)
        }
        for event in stream:
            if isinstance(event.fact, RulingFact) and event.fact.target in cast:
                for fact, sign in ((told.get(event.fact.target), -1), (event.fact, 1)):
                    if isinstance(fact, EventRetracted):
                        found[*_slice(event), fact.reason, 0] += sign
                        found[*_slice(cast[fact.target]), fact.reason, 1] += sign
                told[event.fact.target] = event.fact
    votes: Counter[tuple[int, str]] = Counter()
    for (subject, _, _, reason, corrected), change in found.items():
        votes[subject, reason] += 0 if corrected else change
    return {
        "exclusions": {key[:-1]: (*key[:-1], found[*key[:-1], 0], found[*key[:-1], 1]) for key in found},
        "excluded": {key: (*key, number) for key, number in votes.items()},
    }


def moderation_rows(events: Sequence[Event]) -> Rows:
    found: Rows = {}
    for event in events:
        fact = event.fact
        if isinstance(fact, RulingFact):
            key = (event.subject_id, fact.batch)
            _, _, _, number, first, _, _ = found.get(key, (*key, "", 0, event.position, 0, None))
            kind = type(fact).__name__
            found[key] = (*key, kind, number + 1, first, event.position, event.recorded_at)
    return found
