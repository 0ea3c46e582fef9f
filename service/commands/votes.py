"""Votes: one standing choice for each voter and tool; repeating it changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from events.facts import AnyFact, Choice, VoteCast, VoteWithdrawn
from events.ids import ActorId, StreamKey, tool_streams
from events.streams import Ballot, Listing
from service.commands.refusals import UnknownToolError


class BallotOrder(Struct, frozen=True, kw_only=True):
    """What both orders have in common: whose ballot on which tool, and when it is said to be filled.

    `anonymous` tells that the account is nobody's but a browser's.
    """

    tool: str
    account: str
    anonymous: bool = False
    occurred_at: datetime | None = None

    def streams(self, voter: ActorId | None) -> Sequence[StreamKey]:
        """The voter's ballot, and the tool's entry."""
        return tool_streams(self.tool, voter)


class CastVote(BallotOrder, frozen=True, kw_only=True):
    """Let a voter's choice on a tool be this. `simulated` marks votes that no person cast."""

    choice: Choice
    simulated: bool = False

    def decide(self, ballot: Ballot | None, listing: Listing | None) -> Sequence[AnyFact]:
        """Cast the vote unless it stands so already."""
        if listing is None or not listing.listed:
            raise UnknownToolError(self.tool)
        if ballot is not None and ballot.choice == self.choice:
            return ()
        return (VoteCast(choice=self.choice, simulated=self.simulated, anonymous=self.anonymous),)


class WithdrawVote(BallotOrder, frozen=True, kw_only=True):
    """Let a voter have no vote on a tool."""

    def decide(self, ballot: Ballot | None, listing: Listing | None) -> Sequence[AnyFact]:
        """Withdraw the vote if there is one."""
        if listing is None or not listing.listed:
            raise UnknownToolError(self.tool)
        if ballot is None or ballot.choice is None:
            return ()
        return (VoteWithdrawn(anonymous=self.anonymous),)
