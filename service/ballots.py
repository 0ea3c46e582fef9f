"""A voter's own ballot, read off the log: what was acknowledged is there at once."""

from msgspec import Struct

from events.ids import Position, tool_streams
from events.log.commands import StreamUnreadableError
from events.log.connection import Pool
from events.log.loading import Stream, find_voters, load_streams
from events.streams import Ballot, Listing
from service.commands.refusals import UnknownToolError


class OwnVote(Struct, frozen=True):
    """A voter's choice on a tool and the position that set it; None where there is no vote."""

    choice: str | None
    position: Position | None


async def read_ballot(pool: Pool, slug: str, account: str) -> OwnVote:
    """Read an account's standing vote on a tool.

    Raises:
        UnknownToolError: no such tool is listed.
        StreamUnreadableError: this build cannot read an event of the ballot, or of the tool's entry.
    """
    async with pool.acquire() as connection:
        voter = (await find_voters(connection, [account])).get(account)
        ballot, entry = tool_streams(slug, voter)
        streams = {ballot: Stream(), entry: Stream()}
        await load_streams(connection, streams)
    if trouble := next((stream.trouble for stream in streams.values() if stream.trouble), None):
        raise StreamUnreadableError(trouble)
    listing, state = streams[entry].state, streams[ballot].state
    if not (isinstance(listing, Listing) and listing.listed):
        raise UnknownToolError(slug)
    if not isinstance(state, Ballot) or state.choice is None:
        return OwnVote(None, None)
    return OwnVote(state.choice, state.set_at())
