"""A voter's own vote: `/v1/tools/{slug}/vote`."""

from typing import Final

import msgspec
from litestar import delete, get, put

from events.log.connection import Pool
from events.log.writer import Writer
from service.commands.votes import CastVote, WithdrawVote
from service.http import parameters
from service.http.auth import require
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response
from service.http.schemas import VoteBody
from service.http.submit import submit
from service.http.tokens import Role, Tokens
from service.reads.ballots import read_ballot
from service.routes.openapi import describe, describe_write

_decoder: Final = msgspec.json.Decoder(VoteBody)


async def cast_vote(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Let one's vote on a tool be this. Repeating it changes nothing. For voters."""
    voter = require(request, tokens, Role.VOTER)
    slug = parameters.slug(request)
    body = await request.decoded(_decoder)
    return await submit(
        request, writer, CastVote(tool=slug, account=voter.name, choice=body.choice), by=voter
    )


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
async def delete_vote(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Withdraw one's vote on a tool. For voters."""
    voter = require(request, tokens, Role.VOTER)
    return await submit(
        request, writer, WithdrawVote(tool=parameters.slug(request), account=voter.name), by=voter
    )


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
async def get_vote(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """Read one's own vote on a tool, as the log has it at this moment. For voters."""
    voter = require(request, tokens, Role.VOTER)
    parameters.query(request)
    ballot = await read_ballot(pool, parameters.slug(request), voter.name)
    return answer_read(request, ballot)


ROUTES: Final = (put_vote, delete_vote, get_vote)
