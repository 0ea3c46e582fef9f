"""Commands for reviews: each panelist has one review of each tool."""

from collections.abc import Sequence

from msgspec.structs import asdict

from events.facts import AnyFact, Choice, ReviewRevised, ReviewSubmitted, ReviewText, ReviewWithdrawn
from events.ids import NOBODY, ActorId, StreamKey, panelist_actor, panelist_subject, tool_streams
from events.streams import Listing, Opinion, Seat
from service.commands.refusals import UnknownPanelistError, UnknownToolError
from service.commands.staff import StaffCommand


class ReviewCommand(StaffCommand, frozen=True, kw_only=True):
    """A command about a panelist's review of a tool."""

    tool: str
    panelist: str

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the streams of the panelist's review, of the tool's entry and of the panelist's seat."""
        panelist = self.panelist
        return *tool_streams(self.tool, panelist_actor(panelist)), (panelist_subject(panelist), NOBODY)


class WriteReview(ReviewCommand, frozen=True, kw_only=True):
    """Write a panelist's review of a tool, or replace it."""

    verdict: Choice
    headline: str
    body: str

    def decide(
        self, opinion: Opinion | None, listing: Listing | None, seat: Seat | None
    ) -> Sequence[AnyFact]:
        """Submit or revise the review unless it is the same already."""
        if listing is None or not listing.listed:
            raise UnknownToolError(self.tool)
        if seat is None or not seat.seated:
            raise UnknownPanelistError(self.panelist)
        text = ReviewText(
            panelist=self.panelist, verdict=self.verdict, headline=self.headline, body=self.body
        )
        standing = opinion.review if opinion else None
        if standing is None:
            return (ReviewSubmitted(**asdict(text)),)
        if asdict(standing) == asdict(text):
            return ()
        return (ReviewRevised(**asdict(text)),)


class WithdrawReview(ReviewCommand, frozen=True, kw_only=True):
    """Withdraw a panelist's review of a tool."""

    def decide(
        self, opinion: Opinion | None, listing: Listing | None, seat: Seat | None
    ) -> Sequence[AnyFact]:
        """Withdraw the review if there is one. The review of a retired panelist can be withdrawn, too."""
        if listing is None or not listing.listed:
            raise UnknownToolError(self.tool)
        if seat is None:
            raise UnknownPanelistError(self.panelist)
        return (ReviewWithdrawn(),) if opinion and opinion.review else ()
