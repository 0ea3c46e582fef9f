"""The states that facts fold into, one stream at a time.

`evolve` never refuses: whether something may happen was decided before it became a fact.
"""

from typing import assert_never

from msgspec import Struct

from events.facts import (
    AnyFact,
    Choice,
    PanelistRetired,
    PanelistSeated,
    ReviewRevised,
    ReviewSubmitted,
    ReviewText,
    ReviewWithdrawn,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)


class Listing(Struct, frozen=True):
    """A tool's catalogue entry: the fact that last described it, and whether it is listed."""

    entry: ToolListed | ToolRevised | None = None
    listed: bool = False


class Seat(Struct, frozen=True):
    """A panelist's entry: the fact that last described them, and whether they sit on the panel."""

    entry: PanelistSeated | None = None
    seated: bool = False


class Opinion(Struct, frozen=True):
    """One panelist's review of one tool; None when there is none or it was withdrawn."""

    review: ReviewText | None = None


class Ballot(Struct, frozen=True):
    """One voter's vote on one tool; None when there is none or it was withdrawn."""

    choice: Choice | None = None


State = Listing | Seat | Opinion | Ballot

_SHIP, _SKIP, _BLANK = Ballot("ship"), Ballot("skip"), Ballot(None)


def evolve(state: State | None, fact: AnyFact) -> State:  # noqa: PLR0911 - one case for each fact
    """Fold one fact into the state of its stream; None is the state before the first."""
    match fact:
        case VoteCast():
            return _SHIP if fact.choice == "ship" else _SKIP
        case VoteWithdrawn():
            return _BLANK
        case ReviewSubmitted() | ReviewRevised():
            return Opinion(fact)
        case ReviewWithdrawn():
            return Opinion(None)
        case ToolListed() | ToolRevised():
            return Listing(fact, listed=True)
        case ToolDelisted():
            return Listing(state.entry if isinstance(state, Listing) else None, listed=False)
        case PanelistSeated():
            return Seat(fact, seated=True)
        case PanelistRetired():
            return Seat(state.entry if isinstance(state, Seat) else None, seated=False)
        case _:
            assert_never(fact)
