"""One fixed event of every type, and the files that pin their bytes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asyncpg.pgproto.pgproto import UUID

from events.codec import Event
from events.facts import (
    AnyFact,
    EventReinstated,
    EventRetracted,
    PanelistRetired,
    PanelistSeated,
    PreferenceCast,
    PreferenceWithdrawn,
    Pricing,
    ReviewRevised,
    ReviewSubmitted,
    ReviewWithdrawn,
    RuleAdopted,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)
from events.ids import (
    NOBODY,
    RULE_SUBJECT,
    ActorId,
    Position,
    matchup_subject,
    panelist_actor,
    panelist_subject,
    tool_subject,
)

FOLDER = Path(__file__).parent.parent / "golden"
RECORDED_AT = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
CLAIMED_AT = RECORDED_AT - timedelta(days=1, microseconds=456)
VOTER = ActorId(UUID("0198c7a0-5a3c-7b1e-9f00-0123456789ab"))
PANELIST = panelist_actor("ada")

ENTRY = {
    "slug": "gpt-5-mini",
    "name": "GPT-5 Mini",
    "vendor": "OpenAI",
    "category": "language-models",
    "tagline": 'Small, "fast" \\ cheap',
    "description": "Zwölf Wörter — 漢字 and 🚀\nin two lines",
    "homepage": "https://example.com/?a=b&c=<d>",
}
SEATED = {"slug": "ada", "name": "Ada", "lens": "builder", "bio": "Builds."}
RULING = {
    "batch": "0198c8b1-77aa-7c3d-8e55-0123456789ab",
    "note": "Same hour, same words",
}
REVIEW = {"panelist": "ada", "headline": "Ship it", "body": "It is\tgood."}

MATCHUP: dict[str, Any] = {"left": "gpt-5-mini", "right": "llama-4-compact", "context": "code-review"}

FACTS: tuple[AnyFact, ...] = (
    ToolListed(**ENTRY, pricing=Pricing(model="usage", entry="$0.25 per million tokens", note=None)),
    ToolRevised(**ENTRY, pricing=None),
    ToolDelisted(),
    PanelistSeated(**SEATED),
    PanelistRetired(),
    ReviewSubmitted(**REVIEW, verdict="ship"),
    ReviewRevised(**REVIEW, verdict="skip"),
    ReviewWithdrawn(),
    VoteCast(choice="ship", simulated=True),
    VoteWithdrawn(),
    EventRetracted(target=Position(9), **RULING, reason="fraud"),
    EventReinstated(target=Position(9), **RULING, reason="mistake"),
    PreferenceCast(**MATCHUP, winner="gpt-5-mini", simulated=True),
    PreferenceWithdrawn(**MATCHUP),
    RuleAdopted(rule="2026-12", order="0198c9f2-10ab-7d4e-8f66-0123456789ab"),
)


def fixed_events() -> list[Event]:
    """Return one event of every type, the same in every run; some claim when they happened."""
    return [_event(position, fact) for position, fact in enumerate(FACTS, start=1)]


def _event(position: int, fact: AnyFact) -> Event:
    subject_id, actor_id = tool_subject("gpt-5-mini"), NOBODY
    match fact:
        case PanelistSeated() | PanelistRetired():
            subject_id = panelist_subject("ada")
        case ReviewSubmitted() | ReviewRevised() | ReviewWithdrawn():
            actor_id = PANELIST
        case VoteCast() | VoteWithdrawn() | EventRetracted() | EventReinstated():
            actor_id = VOTER
        case PreferenceCast() | PreferenceWithdrawn():
            subject_id, actor_id = matchup_subject(**MATCHUP), VOTER
        case RuleAdopted():
            subject_id = RULE_SUBJECT
        case _:
            pass
    return Event(
        position=Position(position),
        subject_id=subject_id,
        actor_id=actor_id,
        version=position,
        recorded_at=RECORDED_AT,
        occurred_at=CLAIMED_AT if actor_id == VOTER else None,
        fact=fact,
    )
