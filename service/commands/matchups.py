"""Matchups: one standing preference for each voter, pair of tools and context."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from events.facts import OVERALL, TIE, AnyFact, PreferenceCast, PreferenceWithdrawn
from events.ids import NOBODY, ActorId, StreamKey, matchup_subject, tool_subject
from events.streams import Ballot, Listing
from service.commands.refusals import BadMatchupError, BadWinnerError, UnknownToolError


class Matchup(Struct, frozen=True):
    """Two different tools, in alphabetical order, and the use case they are held against each other for."""

    left: str
    right: str
    context: str = OVERALL


def matchup_of(a: str, b: str, context: str = OVERALL) -> Matchup:
    """Make the matchup of two tools, whichever is named first.

    Raises:
        BadMatchupError: it is one tool twice, or one has the slug that stands for a tie.
    """
    if a == b:
        message = f"A matchup is between two tools; {a!r} is named twice."
        raise BadMatchupError(message)
    if TIE in {a, b}:
        message = f"A tool with the slug {TIE!r} has no matchups: nobody could tell its win from a tie."
        raise BadMatchupError(message)
    return Matchup(min(a, b), max(a, b), context)


class PreferenceOrder(Struct, frozen=True, kw_only=True):
    """What both orders have in common: whose preference in which matchup, and when it is said to be given.

    `anonymous` tells that the account is nobody's but a browser's.
    """

    matchup: Matchup
    account: str
    anonymous: bool = False
    occurred_at: datetime | None = None

    def streams(self, voter: ActorId | None) -> Sequence[StreamKey]:
        """The voter's preference, and both tools' entries."""
        left, right = self.matchup.left, self.matchup.right
        subject_id = matchup_subject(left, right, self.matchup.context)
        return (
            (subject_id, NOBODY if voter is None else voter),
            (tool_subject(left), NOBODY),
            (tool_subject(right), NOBODY),
        )

    def check(self, left: Listing | None, right: Listing | None) -> None:
        """Refuse a matchup of which a tool is not listed.

        Raises:
            UnknownToolError: that tool.
        """
        for slug, listing in ((self.matchup.left, left), (self.matchup.right, right)):
            if listing is None or not listing.listed:
                raise UnknownToolError(slug)


class CastPreference(PreferenceOrder, frozen=True, kw_only=True):
    """Let a voter prefer this tool in a matchup, or neither. `simulated` marks what no person prefers."""

    winner: str
    simulated: bool = False

    def decide(self, ballot: Ballot | None, left: Listing | None, right: Listing | None) -> Sequence[AnyFact]:
        """Cast the preference unless it stands so already."""
        self.check(left, right)
        matchup = self.matchup
        if self.winner not in {matchup.left, matchup.right, TIE}:
            raise BadWinnerError(self.winner, matchup.left, matchup.right)
        if ballot is not None and ballot.choice == self.winner:
            return ()
        return (
            PreferenceCast(
                left=matchup.left,
                right=matchup.right,
                context=matchup.context,
                winner=self.winner,
                simulated=self.simulated,
                anonymous=self.anonymous,
            ),
        )


class WithdrawPreference(PreferenceOrder, frozen=True, kw_only=True):
    """Let a voter have no preference in a matchup."""

    def decide(self, ballot: Ballot | None, left: Listing | None, right: Listing | None) -> Sequence[AnyFact]:
        """Withdraw the preference if there is one."""
        self.check(left, right)
        if ballot is None or ballot.choice is None:
            return ()
        matchup = self.matchup
        return (
            PreferenceWithdrawn(
                left=matchup.left,
                right=matchup.right,
                context=matchup.context,
                anonymous=self.anonymous,
            ),
        )
