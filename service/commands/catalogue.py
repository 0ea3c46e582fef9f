"""Tools and panelists: what an admin lists is what there is."""

from collections.abc import Sequence

from msgspec.structs import asdict

from events.facts import (
    AnyFact,
    PanelistEntry,
    PanelistRetired,
    PanelistSeated,
    ToolDelisted,
    ToolEntry,
    ToolListed,
    ToolRevised,
)
from events.ids import NOBODY, ActorId, StreamKey, panelist_subject, tool_subject
from events.streams import Listing, Seat
from service.commands.order import Order
from service.commands.refusals import UnknownPanelistError, UnknownToolError


class ListTool(Order, frozen=True):
    """Let a tool's catalogue entry be this."""

    entry: ToolEntry

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """The tool's entry."""
        return ((tool_subject(self.entry.slug), NOBODY),)

    def decide(self, listing: Listing | None) -> Sequence[AnyFact]:
        """List or revise the tool unless it stands so already."""
        fields = asdict(self.entry)
        if listing is None or listing.entry is None or not listing.listed:
            return (ToolListed(**fields),)
        return () if asdict(listing.entry) == fields else (ToolRevised(**fields),)


class EnsureTool(Order, frozen=True):
    """Let there be this tool; if it is listed already, its entry stays as it is."""

    entry: ToolEntry

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """The tool's entry."""
        return ((tool_subject(self.entry.slug), NOBODY),)

    def decide(self, listing: Listing | None) -> Sequence[AnyFact]:
        """List the tool unless it is."""
        return () if listing and listing.listed else (ToolListed(**asdict(self.entry)),)


class DelistTool(Order, frozen=True):
    """Let a tool be in the catalogue no longer."""

    slug: str

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """The tool's entry."""
        return ((tool_subject(self.slug), NOBODY),)

    def decide(self, listing: Listing | None) -> Sequence[AnyFact]:
        """Delist the tool; delisting it again changes nothing."""
        if listing is None:
            raise UnknownToolError(self.slug)
        return (ToolDelisted(),) if listing.listed else ()


class SeatPanelist(Order, frozen=True):
    """Let a panelist's entry be this."""

    entry: PanelistEntry

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """The panelist's seat."""
        return ((panelist_subject(self.entry.slug), NOBODY),)

    def decide(self, seat: Seat | None) -> Sequence[AnyFact]:
        """Seat the panelist unless they sit so already."""
        fields = asdict(self.entry)
        if seat and seat.seated and seat.entry and asdict(seat.entry) == fields:
            return ()
        return (PanelistSeated(**fields),)


class RetirePanelist(Order, frozen=True):
    """Let a panelist sit on the panel no longer."""

    slug: str

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """The panelist's seat."""
        return ((panelist_subject(self.slug), NOBODY),)

    def decide(self, seat: Seat | None) -> Sequence[AnyFact]:
        """Retire the panelist; doing so again changes nothing."""
        if seat is None:
            raise UnknownPanelistError(self.slug)
        return (PanelistRetired(),) if seat.seated else ()
