"""One Struct for each thing that can happen. The class name is the event's type in the log.

Facts only ever gain. A new field has a default, and its class has `omit_defaults`, so that events from before
the field stay as they are. Any other change is a new fact. Facts have no limits on length or form, since
everything that was once accepted must stay readable.
"""

from typing import Final, Literal

from msgspec import Struct

from events.ids import Position

Choice = Literal["ship", "skip"]
"""A vote's or a review's verdict: use it, or leave it."""

Reason = Literal["spam", "fraud", "conflict_of_interest", "legal", "mistake", "other"]
"""Why a moderator ruled on an event."""


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all facts. A fact cannot change, and it has only the fields of its class."""


class Pricing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The price of a tool: the model, the entry price in its vendor's words, and a note."""

    model: Literal["free", "freemium", "paid", "usage"]
    entry: str | None = None
    note: str | None = None


class ToolEntry(Fact, frozen=True, kw_only=True):
    """A tool as the catalogue describes it. `pricing` is None where nobody has said."""

    slug: str
    name: str
    vendor: str
    category: str
    tagline: str
    description: str
    homepage: str
    pricing: Pricing | None


class ToolListed(ToolEntry, frozen=True, kw_only=True):
    """A tool came into the catalogue, for the first time or again."""


class ToolRevised(ToolEntry, frozen=True, kw_only=True):
    """A listed tool's entry changed; the fact holds the whole new entry."""


class ToolDelisted(Fact, frozen=True, kw_only=True):
    """A tool left the catalogue. Its votes and reviews stay in the log."""


class PanelistEntry(Fact, frozen=True, kw_only=True):
    """A reviewer as the site presents them; the lens is the angle they judge from."""

    slug: str
    name: str
    lens: str
    bio: str


class PanelistSeated(PanelistEntry, frozen=True, kw_only=True):
    """A reviewer joined the panel, or their entry changed."""


class PanelistRetired(Fact, frozen=True, kw_only=True):
    """A reviewer left the panel. Their reviews stand, and they write no further ones."""


class ReviewText(Fact, frozen=True, kw_only=True):
    """A panelist's verdict on a tool with its reasons."""

    panelist: str
    verdict: Choice
    headline: str
    body: str


class ReviewSubmitted(ReviewText, frozen=True, kw_only=True):
    """A panelist reviewed a tool, for the first time or after a withdrawal."""


class ReviewRevised(ReviewText, frozen=True, kw_only=True):
    """A panelist changed a standing review; the fact holds the whole new one."""


class ReviewWithdrawn(Fact, frozen=True, kw_only=True):
    """A panelist took a review back."""


class VoteCast(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A voter chose, for the first time or anew.

    `simulated` marks votes that no person cast, `anonymous` those of somebody without an account.
    """

    choice: Choice
    simulated: bool = False
    anonymous: bool = False


class VoteWithdrawn(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A voter took their vote back; `anonymous` if it was."""

    anonymous: bool = False


TIE: Final = "tie"
"""The winner of a matchup in which a voter prefers neither tool."""


OVERALL: Final = "overall"
"""The context of a preference that is about no use case in particular."""


class PreferenceFact(Fact, frozen=True, kw_only=True):
    """Which matchup a preference is about: two tools by slug, in alphabetical order, in a context."""

    left: str
    right: str
    context: str


class PreferenceCast(PreferenceFact, frozen=True, kw_only=True, omit_defaults=True):
    """A voter preferred one tool to another in a context, or neither, for the first time or anew.

    `winner` is one of the two slugs, or `TIE`. `simulated` marks preferences that no person has, `anonymous`
    those of somebody without an account.
    """

    winner: str
    simulated: bool = False
    anonymous: bool = False


class PreferenceWithdrawn(PreferenceFact, frozen=True, kw_only=True, omit_defaults=True):
    """A voter took their preference back; `anonymous` if it was."""

    anonymous: bool = False


class RulingFact(Fact, frozen=True, kw_only=True):
    """A moderator ruled on an earlier event of the same stream, as one of a batch.

    The batch names the moderator, outside the log: a name could never be erased from the log.
    """

    target: Position
    batch: str
    reason: Reason
    note: str


class EventRetracted(RulingFact, frozen=True, kw_only=True):
    """From this position on the target does not count."""


class EventReinstated(RulingFact, frozen=True, kw_only=True):
    """From this position on the target counts again."""


class RuleAdopted(Fact, frozen=True, kw_only=True):
    """From this position on another rule makes the scores; it is named by its version.

    The order names the admin, outside the log: a name could never be erased from the log.
    """

    rule: str
    order: str


AnyFact = (
    ToolListed
    | ToolRevised
    | ToolDelisted
    | PanelistSeated
    | PanelistRetired
    | ReviewSubmitted
    | ReviewRevised
    | ReviewWithdrawn
    | VoteCast
    | VoteWithdrawn
    | PreferenceCast
    | PreferenceWithdrawn
    | EventRetracted
    | EventReinstated
    | RuleAdopted
)
"""The closed union: matching on it ends in `assert_never`."""
