"""Commands for the catalogue: admins list tools and seat panelists."""

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
from service.commands.refusals import UnknownPanelistError, UnknownToolError
from service.commands.staff import StaffCommand


class ListTool(StaffCommand, frozen=True):
    """List a tool, or revise its catalogue entry."""

    entry: ToolEntry

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the stream of the tool's entry."""
        return ((tool_subject(self.entry.slug), NOBODY),)

    def decide(self, listing: Listing | None) -> Sequence[AnyFact]:
        """List or revise the tool unless its entry is the same already."""
        fields = asdict(self.entry)
        if listing is None or listing.entry is None or not listing.listed:
            return (ToolListed(**fields),)
        return () if asdict(listing.entry) == fields else (ToolRevised(**fields),)


class EnsureTool(StaffCommand, frozen=True):
    """List a tool unless it is listed. The entry of a listed tool stays as it is."""

    entry: ToolEntry

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the stream of the tool's entry."""
        return ((tool_subject(self.entry.slug), NOBODY),)

    def decide(self, listing: Listing | None) -> Sequence[AnyFact]:
        """List the tool unless it is listed."""
        return () if listing and listing.listed else (ToolListed(**asdict(self.entry)),)


class DelistTool(StaffCommand, frozen=True):
    """Take a tool out of the catalogue."""

    slug: str

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the stream of the tool's entry."""
        return ((tool_subject(self.slug), NOBODY),)

    def decide(self, listing: Listing | None) -> Sequence[AnyFact]:
        """Delist the tool. Delisting it again changes nothing."""
        if listing is None:
            raise UnknownToolError(self.slug)
        return (ToolDelisted(),) if listing.listed else ()


class SeatPanelist(StaffCommand, frozen=True):
    """Seat a panelist, or revise their entry."""

    entry: PanelistEntry

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the stream of the panelist's seat."""
        return ((panelist_subject(self.entry.slug), NOBODY),)

    def decide(self, seat: Seat | None) -> Sequence[AnyFact]:
        """Seat the panelist unless they are seated with the same entry."""
        fields = asdict(self.entry)
        if seat and seat.seated and seat.entry and asdict(seat.entry) == fields:
            return ()
        return (PanelistSeated(**fields),)


class RetirePanelist(StaffCommand, frozen=True):
    """Retire a panelist from the panel."""

    slug: str

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the stream of the panelist's seat."""
        return ((panelist_subject(self.slug), NOBODY),)

    def decide(self, seat: Seat | None) -> Sequence[AnyFact]:
        """Retire the panelist. Retiring them again changes nothing."""
        if seat is None:
            raise UnknownPanelistError(self.slug)
        return (PanelistRetired(),) if seat.seated else ()
