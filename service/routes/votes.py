"""A voter's own vote: `/v1/tools/{slug}/vote`."""

from typing import Final

import msgspec
from litestar import delete, get, put

from service import parameters
from service.answers import Answer
from service.asking import Asking, direct
from service.auth import require
from service.ballots import read_ballot
from service.bodies import VoteBody
from service.commands.votes import CastVote, WithdrawVote
from service.openapi import describe, describe_write
from service.revalidation import answer_read
from service.tokens import Role
from service.writing import submit

_decoder: Final = msgspec.json.Decoder(VoteBody)


async def cast_vote(request: Asking) -> Answer:
    """Let one's vote on a tool be this. Repeating it changes nothing. For voters."""
    voter = require(request, Role.VOTER)
    slug = parameters.slug(request)
    body = await request.decoded(_decoder)
    return await submit(request, CastVote(tool=slug, account=voter.name, choice=body.choice), by=voter)


put_vote = put(
    "/v1/tools/{slug:str}/vote",
    operation_class=describe_write(takes={"choice": "ship"}, takes_as="VoteBody"),
)(direct()(cast_vote))


@delete(
    "/v1/tools/{slug:str}/vote",
    status_code=200,
    operation_class=describe_write(),
)
@direct()
async def delete_vote(request: Asking) -> Answer:
    """Withdraw one's vote on a tool. For voters."""
    voter = require(request, Role.VOTER)
    return await submit(request, WithdrawVote(tool=parameters.slug(request), account=voter.name), by=voter)


@get(
    "/v1/tools/{slug:str}/vote",
    operation_class=describe(
        answers={"choice": "ship", "position": 120345},
        answers_as={
            "type": "object",
            "required": ["choice", "position"],
            "properties": {
                "choice": {"enum": ["ship", "skip", None]},
                "position": {"type": ["integer", "null"]},
            },
        },
        refusals=(400, 401, 403, 404, 503),
    ),
)
@direct()
async def get_vote(request: Asking) -> Answer:
    """Read one's own vote on a tool, as the log has it at this moment. For voters."""
    voter = require(request, Role.VOTER)
    parameters.query(request)
    ballot = await read_ballot(request.resources.pool, parameters.slug(request), voter.name)
    return answer_read(request, ballot)


ROUTES: Final = (put_vote, delete_vote, get_vote)
