"""Commands for matchups: each voter has one preference for each pair of tools and context."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from events.facts import OVERALL, TIE, AnyFact, PreferenceCast, PreferenceWithdrawn
from events.ids import NOBODY, ActorId, StreamKey, matchup_subject, tool_subject
from events.streams import Ballot, Listing
from service.commands.refusals import BadMatchupError, BadWinnerError, UnknownToolError


class MatchupKey(Struct, frozen=True):
    """Two different tools, in alphabetical order, and the use case for which they are compared."""

    left: str
    right: str
    context: str = OVERALL


def matchup_of(a: str, b: str, context: str = OVERALL) -> MatchupKey:
    """Make the matchup of two tools, in either order.

    Raises:
        BadMatchupError: Both are the same tool, or one has the slug that stands for a tie.
    """
    if a == b:
        message = f"A matchup is between two tools; {a!r} is named twice."
        raise BadMatchupError(message)
    if TIE in {a, b}:
        message = f"A tool with the slug {TIE!r} has no matchups: nobody could tell its win from a tie."
        raise BadMatchupError(message)
    return MatchupKey(min(a, b), max(a, b), context)


class PreferenceCommand(Struct, frozen=True, kw_only=True):
    """A command about a voter's preference in a matchup.

    Attributes:
        anonymous: Whether the account belongs to a browser instead of a person who signed in.
        occurred_at: When the client or the import says that the preference was given.
    """

    matchup: MatchupKey
    account: str
    anonymous: bool = False
    occurred_at: datetime | None = None

    def streams(self, voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the streams of the voter's preference and of both tools' entries."""
        left, right = self.matchup.left, self.matchup.right
        subject_id = matchup_subject(left, right, self.matchup.context)
        return (
            (subject_id, NOBODY if voter is None else voter),
            (tool_subject(left), NOBODY),
            (tool_subject(right), NOBODY),
        )

    def check(self, left: Listing | None, right: Listing | None) -> None:
        """Check that both tools are listed.

        Raises:
            UnknownToolError: One of them is not.
        """
        for slug, listing in ((self.matchup.left, left), (self.matchup.right, right)):
            if listing is None or not listing.listed:
                raise UnknownToolError(slug)


class CastPreference(PreferenceCommand, frozen=True, kw_only=True):
    """Set a voter's preference in a matchup: one of its tools, or a tie.

    Attributes:
        simulated: Whether the preference is made up, and no person gave it.
    """

    winner: str
    simulated: bool = False

    def decide(self, ballot: Ballot | None, left: Listing | None, right: Listing | None) -> Sequence[AnyFact]:
        """Cast the preference unless it is the voter's current one."""
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


class WithdrawPreference(PreferenceCommand, frozen=True, kw_only=True):
    """Withdraw a voter's preference in a matchup."""

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
