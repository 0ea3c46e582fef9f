"""The bodies that clients may send. Decoding checks them, here alone; unknown fields are refused."""

from datetime import datetime
from typing import Annotated, Final

from msgspec import Meta, Struct

from events.facts import OVERALL, Choice, Pricing, Reason
from events.ids import Slug
from events.moderation.ruling import Action
from events.moderation.selection import Selection

NO_NUL: Final = r"\A[^\x00]*\Z"
"""Postgres cannot store the character NUL, so nobody may send it."""

NAME_LENGTH_MAX: Final = 200
LINE_LENGTH_MAX: Final = 500
NOTE_LENGTH_MAX: Final = 2_000
TEXT_LENGTH_MAX: Final = 20_000

Name = Annotated[str, Meta(pattern=NO_NUL, min_length=1, max_length=NAME_LENGTH_MAX)]
Account = Annotated[str, Meta(pattern=NO_NUL, min_length=1, max_length=NAME_LENGTH_MAX)]
Line = Annotated[str, Meta(pattern=NO_NUL, max_length=LINE_LENGTH_MAX)]
Text = Annotated[str, Meta(pattern=NO_NUL, max_length=TEXT_LENGTH_MAX)]
NoteText = Annotated[str, Meta(pattern=NO_NUL, max_length=NOTE_LENGTH_MAX)]
Homepage = Annotated[str, Meta(pattern=r"\A(?:https?://[^\s\x00]+)?\Z", max_length=2_000)]


class PricingBody(Pricing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The price of a tool."""

    entry: Line | None = None
    note: Line | None = None


class ToolBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tool's catalogue entry."""

    name: Name
    category: Slug
    vendor: Line = ""
    tagline: Line = ""
    description: Text = ""
    homepage: Homepage = ""
    pricing: PricingBody | None = None


class PanelistBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A panelist's entry. The lens is the angle they judge from, e.g. `builder` or `skeptic`."""

    name: Name
    lens: Slug
    bio: Text = ""


class ReviewBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A panelist's verdict with its reasons."""

    verdict: Choice
    headline: Line
    body: Text


class VoteBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A vote."""

    choice: Choice


class PreferenceBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A preference: the slug of one of the matchup's two tools, or `tie`; the context is a use case."""

    winner: str
    context: Slug = OVERALL


class VoteLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a batch of votes. A null choice withdraws; `at` is when it happened, if known."""

    tool: Slug
    voter: Account
    choice: Choice | None
    at: Annotated[datetime, Meta(tz=True)] | None = None


class OrderBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A batch of rulings. With `dry_run` nothing is written, and the answer says what it would change."""

    action: Action
    select: Selection
    reason: Reason
    note: NoteText = ""
    dry_run: bool = False


class ReplayBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rebuilding read models, all unless some are named. With `dry_run` they wait to be swapped in."""

    models: Annotated[list[str], Meta(min_length=1, max_length=100)] | None = None
    dry_run: bool = False


class RevertBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Taking a batch back; the reason is the batch's own unless another is named."""

    reason: Reason | None = None
    note: NoteText = ""
    dry_run: bool = False
