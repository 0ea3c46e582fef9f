"""The names under which facts are stored, and the kind of thing that each of them is.

Most code treats all facts of a kind alike. Code that cannot, because each fact matters to it, matches on the
fact or on its name and ends in `assert_never`, so that the type checker finds it when a fact is added.
"""

from collections.abc import Mapping
from typing import Final, Literal, assert_never, get_args

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
    ReviewWithdrawn,
    RuleAdopted,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)

FactName = Literal[
    "VoteCast",
    "VoteWithdrawn",
    "PreferenceCast",
    "PreferenceWithdrawn",
    "ReviewSubmitted",
    "ReviewRevised",
    "ReviewWithdrawn",
    "EventRetracted",
    "EventReinstated",
    "ToolListed",
    "ToolRevised",
    "ToolDelisted",
    "PanelistSeated",
    "PanelistRetired",
    "RuleAdopted",
]
"""The type of an event in the log: the name of the fact's class."""

Kind = Literal["vote", "preference", "review", "ruling", "entry", "rule"]
"""The kind of thing that a fact is about. An entry describes a tool or a panelist in the catalogue."""

FACT_NAMES: Final[tuple[FactName, ...]] = get_args(FactName)


def name_of(fact: AnyFact) -> FactName:  # noqa: C901, PLR0911, PLR0912 - one case for each fact
    """Return the name under which a fact is stored."""
    match fact:
        case VoteCast():
            return "VoteCast"
        case VoteWithdrawn():
            return "VoteWithdrawn"
        case PreferenceCast():
            return "PreferenceCast"
        case PreferenceWithdrawn():
            return "PreferenceWithdrawn"
        case ReviewSubmitted():
            return "ReviewSubmitted"
        case ReviewRevised():
            return "ReviewRevised"
        case ReviewWithdrawn():
            return "ReviewWithdrawn"
        case EventRetracted():
            return "EventRetracted"
        case EventReinstated():
            return "EventReinstated"
        case ToolListed():
            return "ToolListed"
        case ToolRevised():
            return "ToolRevised"
        case ToolDelisted():
            return "ToolDelisted"
        case PanelistSeated():
            return "PanelistSeated"
        case PanelistRetired():
            return "PanelistRetired"
        case RuleAdopted():
            return "RuleAdopted"
        case _:
            assert_never(fact)


def kind_of(name: FactName) -> Kind:
    """Return the kind of a fact by its name."""
    match name:
        case "VoteCast" | "VoteWithdrawn":
            return "vote"
        case "PreferenceCast" | "PreferenceWithdrawn":
            return "preference"
        case "ReviewSubmitted" | "ReviewRevised" | "ReviewWithdrawn":
            return "review"
        case "EventRetracted" | "EventReinstated":
            return "ruling"
        case "ToolListed" | "ToolRevised" | "ToolDelisted" | "PanelistSeated" | "PanelistRetired":
            return "entry"
        case "RuleAdopted":
            return "rule"
        case _:
            assert_never(name)


KINDS: Final[Mapping[str, Kind]] = {name: kind_of(name) for name in FACT_NAMES}
"""The kind of each fact by its name. An event of a newer build has a name that is missing here."""


def withdraws(name: FactName) -> bool:
    """Tell whether a fact takes back what its author said before."""
    match name:
        case "VoteWithdrawn" | "PreferenceWithdrawn" | "ReviewWithdrawn":
            return True
        case "VoteCast" | "PreferenceCast" | "ReviewSubmitted" | "ReviewRevised":
            return False
        case "EventRetracted" | "EventReinstated" | "RuleAdopted":
            return False
        case "ToolListed" | "ToolRevised" | "ToolDelisted" | "PanelistSeated" | "PanelistRetired":
            return False
        case _:
            assert_never(name)


WITHDRAWALS: Final = frozenset[str](name for name in FACT_NAMES if withdraws(name))
"""The names of the facts that take something back."""


def names_of(*kinds: Kind) -> tuple[FactName, ...]:
    """Return the names of all facts of these kinds."""
    return tuple(name for name in FACT_NAMES if kind_of(name) in kinds)
