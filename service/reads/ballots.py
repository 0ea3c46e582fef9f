"""A voter's own ballots, read off the log: what was acknowledged is there at once."""

from collections.abc import Callable, Sequence
from typing import cast

from msgspec import Struct

from events.facts import Choice
from events.ids import ActorId, Position, StreamKey, tool_streams
from events.log.commands import StreamUnreadableError
from events.log.connection import Pool
from events.log.loading import Stream, find_voters, load_streams
from events.streams import Ballot, Listing
from service.commands.matchups import MatchupKey, WithdrawPreference
from service.commands.refusals import UnknownToolError


class OwnVote(Struct, frozen=True):
    """A voter's choice on a tool and the position that set it; None where there is no vote."""

    choice: Choice | None
    position: Position | None


class OwnPreference(Struct, frozen=True):
    """A voter's winner of a matchup, and the position that set it; None without a preference."""

    winner: str | None
    context: str
    position: Position | None


async def read_ballot(pool: Pool, slug: str, account: str) -> OwnVote:
    """Read an account's standing vote on a tool.

    Raises:
        UnknownToolError: no such tool is listed.
        StreamUnreadableError: this build cannot read an event of the ballot, or of the tool's entry.
    """
    choice, position = await _read(pool, account, [slug], lambda voter: tool_streams(slug, voter))
    return OwnVote(cast("Choice | None", choice), position)


async def read_preference(pool: Pool, matchup: MatchupKey, account: str) -> OwnPreference:
    """Read an account's standing preference in a matchup.

    Raises:
        UnknownToolError: one of the two tools is not listed.
        StreamUnreadableError: this build cannot read an event of the preference, or of a tool's entry.
    """
    streams = WithdrawPreference(matchup=matchup, account=account).streams
    winner, position = await _read(pool, account, [matchup.left, matchup.right], streams)
    return OwnPreference(winner, matchup.context, position)


async def _read(
    pool: Pool,
    account: str,
    tools: Sequence[str],
    streams_of: Callable[[ActorId | None], Sequence[StreamKey]],
) -> tuple[str | None, Position | None]:
    """Read what stands in the first of these streams; the others are the tools' entries, in their order."""
    async with pool.acquire() as connection:
        voter = (await find_voters(connection, [account])).get(account)
        keys = streams_of(voter)  # a vote of nobody known would stand in the tool's own stream
        streams = {key: Stream() for key in keys}
        await load_streams(connection, streams)
    if trouble := next((stream.trouble for stream in streams.values() if stream.trouble), None):
        raise StreamUnreadableError(trouble)
    ballot, *listings = [streams[key].state for key in keys]
    for slug, listing in zip(tools, listings, strict=True):
        if not (isinstance(listing, Listing) and listing.listed):
            raise UnknownToolError(slug)
    if not isinstance(ballot, Ballot) or ballot.choice is None:
        return None, None
    return ballot.choice, ballot.set_at()
