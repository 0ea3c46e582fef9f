"""The text of events in the console's lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, assert_never
from urllib.parse import quote

from msgspec import Raw, Struct

from events.facts import (
    OVERALL,
    TIE,
    AnyFact,
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
from events.ids import Position
from events.kinds import FACT_NAMES, FactName
from events.log.connection import Connection
from events.log.describe import DescribedEvent, describe_some
from events.moderation.selection import MODERATED_TYPES
from service.views import addresses, words
from service.views.facts import Link
from service.views.words import TimeText

_SHORT: Final = 8


def type_text(name: FactName) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each fact
    """Name a type of event."""
    match name:
        case "VoteCast":
            return "Vote"
        case "VoteWithdrawn":
            return "Vote withdrawn"
        case "PreferenceCast":
            return "Preference"
        case "PreferenceWithdrawn":
            return "Preference withdrawn"
        case "ReviewSubmitted":
            return "Review"
        case "ReviewRevised":
            return "Review revised"
        case "ReviewWithdrawn":
            return "Review withdrawn"
        case "EventRetracted":
            return "Retraction"
        case "EventReinstated":
            return "Reinstatement"
        case "ToolListed":
            return "Tool listed"
        case "ToolRevised":
            return "Tool revised"
        case "ToolDelisted":
            return "Tool delisted"
        case "PanelistSeated":
            return "Panelist seated"
        case "PanelistRetired":
            return "Panelist retired"
        case "RuleAdopted":
            return "Rule adopted"
        case _:
            assert_never(name)


TYPES: Final = {name: type_text(name) for name in FACT_NAMES}
"""Every type of event, those first that can be ruled on."""


class EventRow(Struct, frozen=True, kw_only=True):
    """One event in a list.

    Attributes:
        number: The position as text.
        can_be_ruled_on: Whether it can be retracted and reinstated.
        time: When it was recorded; `iso` is "" if the time is malformed.
        voter: Pseudonym, in whole.
        who: The pseudonym in short, with the voter's page; None for events other than votes.
        verdict: "ship" or "skip"; None for other events.
        says: The rest of its contents.
        target: The event that a ruling is about.
        notes: "simulated" and "anonymous", where they apply.
    """

    position: Position
    number: str
    href: str
    can_be_ruled_on: bool
    time: TimeText
    type: str
    tools: list[Link]
    voter: str | None
    who: Link | None
    verdict: str | None
    says: str
    target: Link | None
    notes: list[str]
    standing: str
    error: str | None


async def write_rows(
    connection: Connection, events: Sequence[DescribedEvent], *, as_of: Position
) -> list[EventRow]:
    """Put events into words; which matchup a ruling is about is looked up at its target."""
    targets = {each.data.target for each in events if isinstance(each.data, RulingFact) and each.tool is None}
    known = {
        each.position: each
        for each in (await describe_some(connection, targets, as_of=as_of) if targets else ())
    }
    return [_row(event, known) for event in events]


def event_page(position: int) -> str:
    """Name the page of one event."""
    return f"/moderation/events/{position}"


def voter_page(voter: str) -> str:
    """Name the page of one voter."""
    return f"/moderation/voters/{voter}"


def batch_page(batch: str) -> str:
    """Name the page of one batch of rulings."""
    return f"/moderation/batches/{quote(batch, safe='')}"


def short(id_: str) -> str:
    """Write a pseudonym, or the id of a batch, so that it fits a line; those of one time begin alike."""
    return "…" + id_[-_SHORT:]


def time_of(written: str) -> TimeText:
    """Write a time of the log for people; a malformed one is shown unchanged."""
    try:
        return words.second(datetime.fromisoformat(written))
    except ValueError:
        return TimeText("", written)


def describe_fact(fact: AnyFact) -> str:  # noqa: C901, PLR0911 - one case for each fact
    """Describe a fact in one line, without its verdict."""
    match fact:
        case VoteCast():
            return ""
        case VoteWithdrawn() | ReviewWithdrawn():
            return "takes it back"
        case PreferenceCast():
            return _preferred(fact) + _context(fact)
        case PreferenceWithdrawn():
            return "takes it back" + _context(fact)
        case ReviewSubmitted() | ReviewRevised():
            return f"{fact.headline} — {fact.panelist}"
        case EventRetracted() | EventReinstated():
            return words.reason(fact.reason) + (f": {fact.note}" if fact.note else "")
        case ToolListed() | ToolRevised():
            return f"{fact.name}, in {fact.category}"
        case PanelistSeated():
            return f"{fact.name}, {fact.lens}"
        case ToolDelisted():
            return "leaves the catalogue"
        case PanelistRetired():
            return "leaves the panel"
        case RuleAdopted():
            return fact.rule
        case _:
            assert_never(fact)


def _row(event: DescribedEvent, targets: Mapping[Position, DescribedEvent]) -> EventRow:
    data = event.data
    return EventRow(
        position=event.position,
        number=f"{event.position:,}",
        href=event_page(event.position),
        can_be_ruled_on=event.type in MODERATED_TYPES,
        time=time_of(event.recorded_at),
        type=TYPES.get(event.type, event.type),
        tools=_tools(event, targets),
        voter=event.voter,
        who=Link(voter_page(event.voter), short(event.voter)) if event.voter else None,
        verdict=_verdict(data),
        says="" if isinstance(data, Raw) else describe_fact(data),
        target=Link(event_page(data.target), f"{data.target:,}") if isinstance(data, RulingFact) else None,
        notes=[note for note in ("simulated", "anonymous") if getattr(data, note, False)],
        standing=event.standing,
        error=event.error if isinstance(event.error, str) else None,
    )


def _tools(event: DescribedEvent, targets: Mapping[Position, DescribedEvent]) -> list[Link]:
    data = event.data
    if isinstance(data, RulingFact) and event.tool is None and data.target in targets:
        return _tools(targets[data.target], {})
    slugs = [data.left, data.right] if isinstance(data, PreferenceFact) else [event.tool]
    return [Link(addresses.tool(slug), slug) for slug in slugs if slug]


def _verdict(data: AnyFact | Raw) -> str | None:
    match data:
        case VoteCast():
            return data.choice
        case ReviewText():
            return data.verdict
        case _:
            return None


def _preferred(fact: PreferenceCast) -> str:
    if fact.winner == TIE:
        return "neither"
    return f"{fact.winner} rather than {fact.right if fact.winner == fact.left else fact.left}"


def _context(fact: PreferenceFact) -> str:
    return "" if fact.context == OVERALL else f", for {fact.context}"
