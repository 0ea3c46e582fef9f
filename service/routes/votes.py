"""A voter's own vote: `/v1/tools/{slug}/vote`."""

from typing import Final

from events.ids import Slug
from events.log.connection import Pool
from service.commands.refusals import UnknownToolError
from service.commands.votes import CastVote, WithdrawVote
from service.http.auth import VOTERS
from service.http.response import Response
from service.http.schemas import VoteBody
from service.http.submit import Submit
from service.http.tokens import Principal
from service.reads.ballots import OwnVote, read_ballot
from service.routes.declare import delete, get, put

PATH: Final = "/v1/tools/{slug}/vote"


@put(PATH, callers=VOTERS, takes={"choice": "ship"}, refuses=(UnknownToolError,))
async def cast_vote(*, slug: Slug, body: VoteBody, voter: Principal, submit: Submit) -> Response:
    """Set your vote on a tool. Repeating it changes nothing."""
    return await submit(CastVote(tool=slug, account=voter.name, choice=body.choice))


@delete(PATH, callers=VOTERS, refuses=(UnknownToolError,))
async def delete_vote(*, slug: Slug, voter: Principal, submit: Submit) -> Response:
    """Withdraw your vote on a tool."""
    return await submit(WithdrawVote(tool=slug, account=voter.name))


@get(PATH, callers=VOTERS, example={"choice": "ship", "position": 120345}, refuses=(UnknownToolError,))
async def get_vote(*, slug: Slug, voter: Principal, pool: Pool) -> OwnVote:
    """Read your own vote on a tool, straight from the log."""
    return await read_ballot(pool, slug, voter.name)


ROUTES: Final = (cast_vote, delete_vote, get_vote)
