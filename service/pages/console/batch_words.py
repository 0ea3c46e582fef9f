"""Batches of rulings in words: the action, the events and the outcome."""

from typing import Final

from events.moderation.batches import Batch, BatchState, Outcome
from events.moderation.ruling import Action
from events.moderation.selection import Selection
from projections.comparison.numbers import count, join
from service.pages.console.common import CONSOLE_ROOT
from service.pages.console.event_text import TYPES, short
from service.views import words

BATCHES: Final = f"{CONSOLE_ROOT}/batches"
POSITIONS_SHOWN: Final = 8

NOUNS: Final[dict[Action, str]] = {"retract": "Retraction", "reinstate": "Reinstatement"}
VERBS: Final[dict[Action, str]] = {"retract": "Retract", "reinstate": "Reinstate"}
OPPOSITES: Final[dict[Action, Action]] = {"retract": "reinstate", "reinstate": "retract"}
STATES: Final[dict[BatchState, str]] = {
    "running": "Running",
    "done": "Done",
    "cancelled": "Cancelled",
    "failed": "Failed",
}
OUTCOMES: Final[dict[tuple[Action, Outcome], str]] = {
    ("retract", "applied"): "retracted",
    ("reinstate", "applied"): "reinstated",
    ("retract", "unchanged"): "left as it was",
    ("reinstate", "unchanged"): "left as it was",
    ("retract", "waiting"): "not looked at",
    ("reinstate", "waiting"): "not looked at",
}


def batch_name(batch: Batch) -> str:
    """Write "Retraction of 12 events for fraud, by sam"."""
    what = f"{NOUNS[batch.action]} of {count(batch.matched, 'event')}"
    return f"{what} for {words.reason(batch.reason)}, by {batch.moderator}"


def batch_address(batch: Batch) -> str:
    """Name a batch's page."""
    return f"{BATCHES}/{batch.id}"


def batch_order(batch: Batch) -> str:
    """Write what was ordered: "Retract votes about gpt-5-mini", "Reinstate what batch …3f1f0c55 ruled on"."""
    if batch.select is None:
        return f"{VERBS[batch.action]} what batch {short(str(batch.reverts))} ruled on"
    return f"{VERBS[batch.action]} {selected(batch.select)}"


def selected(select: Selection) -> str:
    """Say which events are meant."""
    if select.positions is not None:
        return _positions(select.positions)
    said = [TYPES[select.type] + " events" if select.type else "votes, preferences and reviews"]
    if select.tool is not None:
        said.append(f"about {select.tool}")
    if select.voter is not None:
        said.append(f"by the voter {short(str(select.voter))}")
    if select.from_ is not None:
        said.append(f"from {words.second(select.from_).shown} on")
    if select.to is not None:
        said.append(f"before {words.second(select.to).shown}")
    if select.after_position is not None:
        said.append(f"behind position {select.after_position:,}")
    if select.before_position is not None:
        said.append(f"up to position {select.before_position - 1:,}")
    return " ".join(said)


def _positions(positions: list[int]) -> str:
    if not positions:
        return "no events"
    told = [f"{position:,}" for position in positions[:POSITIONS_SHOWN]]
    if len(positions) > POSITIONS_SHOWN:
        told.append(f"{len(positions) - POSITIONS_SHOWN:,} more")
    return f"{'event' if len(positions) == 1 else 'events'} {join(told)}"
