"""Commands for votes: each voter has one choice for each tool, and repeating it changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from events.facts import AnyFact, Choice, VoteCast, VoteWithdrawn
from events.ids import ActorId, StreamKey, tool_streams
from events.streams import Ballot, Listing
from service.commands.refusals import UnknownToolError


class VoteCommand(Struct, frozen=True, kw_only=True):
    """A command about a voter's vote on a tool.

    Attributes:
        anonymous: Whether the account belongs to a browser instead of a person who signed in.
        occurred_at: When the client or the import says that the vote was cast.
    """

    tool: str
    account: str
    anonymous: bool = False
    occurred_at: datetime | None = None

    def streams(self, voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the streams of the voter's ballot and of the tool's entry."""
        return tool_streams(self.tool, voter)


class CastVote(VoteCommand, frozen=True, kw_only=True):
    """Set a voter's choice on a tool.

    Attributes:
        simulated: Whether the vote is made up, and no person cast it.
    """

    choice: Choice
    simulated: bool = False

    def decide(self, ballot: Ballot | None, listing: Listing | None) -> Sequence[AnyFact]:
        """Cast the vote unless it is the voter's current choice."""
        if listing is None or not listing.listed:
            raise UnknownToolError(self.tool)
        if ballot is not None and ballot.choice == self.choice:
            return ()
        return (VoteCast(choice=self.choice, simulated=self.simulated, anonymous=self.anonymous),)


class WithdrawVote(VoteCommand, frozen=True, kw_only=True):
    """Withdraw a voter's vote on a tool."""

    def decide(self, ballot: Ballot | None, listing: Listing | None) -> Sequence[AnyFact]:
        """Withdraw the vote if there is one."""
        if listing is None or not listing.listed:
            raise UnknownToolError(self.tool)
        if ballot is None or ballot.choice is None:
            return ()
        return (VoteWithdrawn(anonymous=self.anonymous),)
