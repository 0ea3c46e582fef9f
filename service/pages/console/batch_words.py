"""Batches of rulings in one line."""

from typing import Final

from events.moderation.batches import Batch
from events.moderation.ruling import Action
from projections.comparison.numbers import count
from service.pages import words
from service.pages.console.desk import CONSOLE_ROOT

NOUNS: Final[dict[Action, str]] = {"retract": "Retraction", "reinstate": "Reinstatement"}


def name_of(batch: Batch) -> str:
    """Write "Retraction of 12 events for fraud, by sam"."""
    what = f"{NOUNS[batch.action]} of {count(batch.matched, 'event')}"
    return f"{what} for {words.reason(batch.reason)}, by {batch.moderator}"


def address_of(batch: Batch) -> str:
    """Name a batch's page."""
    return f"{CONSOLE_ROOT}/batches/{batch.id}"
