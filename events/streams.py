"""The states that facts fold into, one stream at a time.

`evolve` never refuses: `decide` refused before anything became a fact.
"""

from collections.abc import Sequence
from typing import TypeVar, assert_never

from msgspec import Struct

from events.facts import (
    AnyFact,
    EventReinstated,
    EventRetracted,
    PanelistRetired,
    PanelistSeated,
    PreferenceCast,
    PreferenceWithdrawn,
    ReviewRevised,
    ReviewSubmitted,
    ReviewText,
    ReviewWithdrawn,
    RuleAdopted,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)
from events.ids import Position


class Listing(Struct, frozen=True):
    """A tool's catalogue entry: the fact that last described it, and whether it is listed."""

    entry: ToolListed | ToolRevised | None = None
    listed: bool = False


class Seat(Struct, frozen=True):
    """A panelist's entry: the fact that last described them, and whether they sit on the panel."""

    entry: PanelistSeated | None = None
    seated: bool = False


class Rulebook(Struct, frozen=True):
    """The rule that makes the scores."""

    rule: str


class Ruling(Struct, frozen=True):
    """A moderator's decision about an event, and its position."""

    position: Position
    fact: EventRetracted | EventReinstated


class Moderated(Struct, frozen=True):
    """A stream whose events can be retracted. The last event that is not retracted counts.

    Attributes:
        rulings: Every ruling on an event of this stream, in order.
    """

    rulings: tuple[Ruling, ...] = ()

    def retracted(self) -> set[Position]:
        """Return the positions of the events whose last ruling is a retraction."""
        last = {ruling.fact.target: ruling.fact for ruling in self.rulings}
        return {target for target, fact in last.items() if isinstance(fact, EventRetracted)}


class Opinion(Moderated, frozen=True):
    """One panelist's review of one tool.

    Attributes:
        review: The review that counts; None if there is none or it was withdrawn.
        said: Each event's position and text, None for a withdrawal.
    """

    review: ReviewText | None = None
    said: tuple[tuple[Position, ReviewText | None], ...] = ()


class Ballot(Moderated, frozen=True):
    """One voter's vote on one tool, or preference in one matchup.

    Attributes:
        choice: The choice that counts: ship, skip, or the winner; None if there is none or it was withdrawn.
        said: Each event's position and choice, None for a withdrawal.
    """

    choice: str | None = None
    said: tuple[tuple[Position, str | None], ...] = ()

    def set_at(self) -> Position | None:
        """Return the position of the event that counts; None if none does."""
        retracted = self.retracted()
        return next((position for position, _ in reversed(self.said) if position not in retracted), None)


StreamState = Listing | Seat | Rulebook | Opinion | Ballot

T = TypeVar("T")


def evolve(state: StreamState | None, fact: AnyFact, position: Position) -> StreamState:  # noqa: C901, PLR0911 - one case for each fact
    """Fold one fact, at its position, into the state of its stream; None is the state before the first."""
    match fact:
        case VoteCast() | PreferenceCast():
            return _vote(state, fact.choice if isinstance(fact, VoteCast) else fact.winner, position)
        case VoteWithdrawn() | PreferenceWithdrawn():
            return _vote(state, None, position)
        case ReviewSubmitted() | ReviewRevised():
            return _review(state, fact, position)
        case ReviewWithdrawn():
            return _review(state, None, position)
        case ToolListed() | ToolRevised():
            return Listing(fact, listed=True)
        case ToolDelisted():
            return Listing(state.entry if isinstance(state, Listing) else None, listed=False)
        case PanelistSeated():
            return Seat(fact, seated=True)
        case PanelistRetired():
            return Seat(state.entry if isinstance(state, Seat) else None, seated=False)
        case EventRetracted() | EventReinstated():
            return _rule(state, Ruling(position, fact))
        case RuleAdopted():
            return Rulebook(fact.rule)
        case _:
            assert_never(fact)


def _vote(state: StreamState | None, choice: str | None, position: Position) -> Ballot:
    if isinstance(state, Ballot):
        return Ballot(state.rulings, choice, (*state.said, (position, choice)))
    return Ballot((), choice, ((position, choice),))


def _review(state: StreamState | None, review: ReviewText | None, position: Position) -> Opinion:
    if isinstance(state, Opinion):
        return Opinion(state.rulings, review, (*state.said, (position, review)))
    return Opinion((), review, ((position, review),))


def _rule(state: StreamState | None, ruling: Ruling) -> StreamState:
    match state:
        case Ballot():
            ruled = Moderated((*state.rulings, ruling))
            return Ballot(ruled.rulings, _standing(state.said, ruled.retracted()), state.said)
        case Opinion():
            ruled = Moderated((*state.rulings, ruling))
            return Opinion(ruled.rulings, _standing(state.said, ruled.retracted()), state.said)
        case Listing() | Seat() | Rulebook():
            return state
        case None:
            return Ballot((ruling,))
        case _:
            assert_never(state)


def _standing(said: Sequence[tuple[Position, T]], retracted: set[Position]) -> T | None:
    return next((value for position, value in reversed(said) if position not in retracted), None)
