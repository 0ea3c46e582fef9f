"""The oracle: votes that count, in plain Python over the list of events. SQL is compared with it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import assert_never

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
    ReviewWithdrawn,
    RuleAdopted,
    RulingFact,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)
from events.ids import Position, StreamKey, SubjectId
from events.kinds import Kind, kind_of, name_of
from projections.rules.registry import rule_named
from projections.rules.rule import Rule

Streams = dict[StreamKey, list[Event]]


def by_stream(events: Iterable[Event]) -> Streams:
    """Sort events into their streams."""
    streams: Streams = defaultdict(list)
    for event in events:
        streams[event.subject_id, event.actor_id].append(event)
    return streams


def rulings(stream: Sequence[Event], *, known: int) -> dict[Position, RulingFact]:
    """Return the last ruling up to `known` on each event of a stream."""
    found = [event.fact for event in stream if event.position <= known]
    return {fact.target: fact for fact in found if isinstance(fact, RulingFact)}


def standing(stream: Sequence[Event], *, at: int, known: int) -> Event | None:
    """Return the last event of a stream up to `at` that counts by the rulings up to `known`."""
    ruled = rulings(stream, known=known)
    said = (e for e in reversed(stream) if e.position <= at and not isinstance(e.fact, RulingFact))
    return next((e for e in said if not isinstance(ruled.get(e.position), EventRetracted)), None)


def choice(event: Event | None) -> str | None:  # noqa: PLR0911 - one case for each kind of fact
    """Return what a vote, a preference or a review says; None for a withdrawal, or for nothing."""
    if event is None:
        return None
    match event.fact:
        case VoteCast() as vote:
            return vote.choice
        case ReviewSubmitted() | ReviewRevised() as review:
            return review.verdict
        case PreferenceCast() as preference:
            return preference.winner
        case VoteWithdrawn() | ReviewWithdrawn() | PreferenceWithdrawn():
            return None
        case EventRetracted() | EventReinstated() | RuleAdopted() | ToolListed() | ToolRevised():
            return None
        case ToolDelisted() | PanelistSeated() | PanelistRetired():
            return None
        case _:
            assert_never(event.fact)


def kind(stream: Sequence[Event]) -> Kind:
    """Return what a stream is about."""
    return kind_of(name_of(stream[0].fact))


def is_ballot(stream: Sequence[Event]) -> bool:
    """Tell a vote on a tool from a preference or a review."""
    return kind(stream) == "vote"


def is_preference(stream: Sequence[Event]) -> bool:
    """Tell a preference in a matchup from a vote or a review."""
    return kind(stream) == "preference"


def is_review(stream: Sequence[Event]) -> bool:
    """Tell a review from a ballot."""
    return kind(stream) == "review"


def is_anonymous(stream: Sequence[Event]) -> bool:
    """Tell a ballot of somebody without an account."""
    fact = stream[0].fact
    return (
        isinstance(fact, VoteCast | VoteWithdrawn | PreferenceCast | PreferenceWithdrawn) and fact.anonymous
    )


def rule_at(events: Iterable[Event], at: int) -> Rule:
    """Return the rule adopted last up to a position; the first one before any was."""
    adopted = [e.fact.rule for e in events if isinstance(e.fact, RuleAdopted) and e.position <= at]
    return rule_named(["2026-11", *adopted][-1])


Counts = tuple[int, int, int, int, dict[str, int]]
"""Panel ship and skip, community ship and skip, cast votes excluded by reason."""


def count(
    events: Iterable[Event], subject_id: SubjectId, *, at: int, known: int, rule: Rule | None = None
) -> Counts:
    """Count what is said about a subject up to `at` by the rulings up to `known` and a rule, or that of `at`.

    As published at P that is `at` P, `known` P; as corrected it is `at` P, `known` now.
    """
    events = list(events)
    everybody = (rule or rule_at(events, at)).counts_anonymous
    panel: Counter[str | None] = Counter()
    crowd: Counter[str | None] = Counter()
    excluded: Counter[str] = Counter()
    for (subject, _), stream in by_stream(events).items():
        if subject == subject_id and is_review(stream):
            panel[choice(standing(stream, at=at, known=known))] += 1
        if subject == subject_id and is_ballot(stream):
            if everybody or not is_anonymous(stream):
                crowd[choice(standing(stream, at=at, known=known))] += 1
            cast = {e.position for e in stream if isinstance(e.fact, VoteCast) and e.position <= at}
            ruled = rulings(stream, known=known)
            excluded.update(ruled[p].reason for p in cast if isinstance(ruled.get(p), EventRetracted))
    return panel["ship"], panel["skip"], crowd["ship"], crowd["skip"], dict(excluded)


def count_anonymous(events: Iterable[Event], subject_id: SubjectId, *, at: int, known: int) -> Counter[str]:
    """Count what people without an account say up to `at` by the rulings up to `known`."""
    said = (
        choice(standing(stream, at=at, known=known))
        for (subject, _), stream in by_stream(events).items()
        if subject == subject_id and is_anonymous(stream)
    )
    return Counter(word for word in said if word)


def count_preferences(
    events: Iterable[Event], subject_id: SubjectId, *, at: int, known: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Count preferences up to `at` by the rulings up to `known` and the rule of `at`.

    Returns:
        Those that count by winner, and those excluded by reason.
    """
    events = list(events)
    everybody = rule_at(events, at).counts_anonymous
    winners: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    for (subject, _), stream in by_stream(events).items():
        if subject == subject_id and is_preference(stream):
            winner = choice(standing(stream, at=at, known=known))
            winners.update([winner] if winner and (everybody or not is_anonymous(stream)) else [])
            cast = {e.position for e in stream if isinstance(e.fact, PreferenceCast) and e.position <= at}
            ruled = rulings(stream, known=known)
            excluded.update(ruled[p].reason for p in cast if isinstance(ruled.get(p), EventRetracted))
    return dict(winners), dict(excluded)
