"""How a moderator selects events: by position, or by common properties."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, assert_never
from uuid import UUID

from msgspec import Meta, Struct, field

from events.ids import POSITION_MAX, Slug
from events.kinds import FACT_NAMES, FactName
from events.times import OUTSIDE, in_utc

POSITIONS_MAX: Final = 10_000

ModeratedType = Literal[
    "VoteCast",
    "VoteWithdrawn",
    "PreferenceCast",
    "PreferenceWithdrawn",
    "ReviewSubmitted",
    "ReviewRevised",
    "ReviewWithdrawn",
]
"""The types that can be retracted. Catalogue entries are revised instead."""


def _moderated(name: FactName) -> ModeratedType | None:
    match name:
        case "VoteCast" | "VoteWithdrawn" | "PreferenceCast" | "PreferenceWithdrawn":
            return name
        case "ReviewSubmitted" | "ReviewRevised" | "ReviewWithdrawn":
            return name
        case "ToolListed" | "ToolRevised" | "ToolDelisted" | "PanelistSeated" | "PanelistRetired":
            return None
        case "EventRetracted" | "EventReinstated" | "RuleAdopted":
            return None
        case _:
            assert_never(name)


MODERATED_TYPES: Final[Sequence[ModeratedType]] = tuple(
    moderated for name in FACT_NAMES if (moderated := _moderated(name))
)

Time = Annotated[datetime, Meta(tz=True)]
PositionField = Annotated[int, Meta(ge=0, le=POSITION_MAX)]


class Selection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Votes, preferences and reviews, by position or by what they have in common.

    Attributes:
        positions: Exactly these events; no other field may be given with it.
        tool: Slug of the tool they are about; a preference is about both of its tools.
        voter: Pseudonym of the voter.
        type: One type of event; by default all types that can be retracted.
        from_: Recorded at this time or later.
        to: Recorded before this time.
        after_position: Behind this position.
        before_position: Ahead of this position.
    """

    positions: Annotated[list[PositionField], Meta(min_length=1, max_length=POSITIONS_MAX)] | None = None
    tool: Slug | None = None
    voter: UUID | None = None
    type: ModeratedType | None = None
    from_: Time | None = field(default=None, name="from")
    to: Time | None = None
    after_position: PositionField | None = None
    before_position: PositionField | None = None

    def complaint(self) -> str | None:
        """Say what is wrong with the selection; None if it is valid."""
        asked = [name for name in self.__struct_fields__ if getattr(self, name) is not None]
        if not asked:
            return "Say which events: `positions`, or at least one of the other fields."
        if self.positions is not None and len(asked) > 1:
            return "With `positions` nothing else may be asked for."
        for name, time in (("from", self.from_), ("to", self.to)):
            try:
                _ = time and in_utc(time)
            except ValueError:
                return f"`{name}` {OUTSIDE}."
        return None
