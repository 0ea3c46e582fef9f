"""What a leaderboard is called, by whose word it ranks, and why some of its tools have no rank."""

from collections.abc import Mapping
from typing import Final

from projections.leaderboards.board import By
from service.reads.leaderboards import EVERY
from service.views import words

RANKED_BY: Final[Mapping[By, str]] = {
    "community": "by the share of the crowd that would ship it",
    "panel": "by the share of the panel that would ship it",
    "matchups": "by what the crowd prefers where two tools meet",
}
UNRANKED: Final[Mapping[By, str]] = {
    "community": (
        "With fewer than five votes a tool has no rank: one voter more could move it past half of the others."
    ),
    "panel": "The panel has not reviewed these yet.",
    "matchups": "With fewer than five matchups a tool has no rank.",
}
VALUES: Final[Mapping[By, str]] = {
    "community": "Would ship",
    "panel": "Would ship",
    "matchups": "Rating",
}


def title(category: str) -> str:
    """Name a leaderboard."""
    return "All tools" if category == EVERY else words.title(category)
