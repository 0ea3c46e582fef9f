"""Matchups of two tools: `/v1/matchups/{a}/{b}`, and a voter's own preference in one, `…/vote`."""

from typing import Final

import msgspec
from litestar import delete, get, put
from msgspec.structs import replace

from events.facts import OVERALL
from events.ids import Position
from events.log.connection import Pool
from events.log.writer import Writer
from projections.catalogue.queries import read_tool, was_listed
from projections.past.matchups import read_matchups
from service.commands.matchups import CastPreference, Matchup, WithdrawPreference, matchup_of
from service.commands.refusals import UnknownToolError
from service.http import parameters
from service.http.auth import require
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response
from service.http.schemas import PreferenceBody
from service.http.submit import submit
from service.http.tokens import Role, Tokens
from service.reads import as_of
from service.reads.as_of import Moment
from service.reads.ballots import read_preference
from service.reads.documents import matchup_score
from service.routes.examples import common, matchups
from service.routes.openapi import describe, describe_write

MATCHUP: Final = "/v1/matchups/{a:str}/{b:str}"
CONTEXT: Final = "context"

_decoder: Final = msgspec.json.Decoder(PreferenceBody)


@put(
    f"{MATCHUP}/vote",
    operation_class=describe_write(takes=matchups.PREFERENCE, takes_as="PreferenceBody"),
)
@direct()
async def put_preference(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Let one's preference in a matchup be this. Repeating it changes nothing. For voters.

    The winner is the slug of one of the two tools, or `tie`. A voter has one preference for each pair and
    context; it is the same pair whichever tool is named first.
    """
    voter = require(request, tokens, Role.VOTER)
    pair = _pair(request)
    body = await request.decoded(_decoder)
    matchup = matchup_of(pair.left, pair.right, body.context)
    order = CastPreference(matchup=matchup, account=voter.name, winner=body.winner)
    return await submit(request, writer, order, by=voter)


@delete(
    f"{MATCHUP}/vote",
    status_code=200,
    operation_class=describe_write(query={CONTEXT: matchups.CONTEXT}),
)
@direct()
async def delete_preference(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Withdraw one's preference in a matchup. For voters."""
    voter = require(request, tokens, Role.VOTER)
    order = WithdrawPreference(matchup=_matchup(request), account=voter.name)
    return await submit(request, writer, order, by=voter, query_names=(CONTEXT,))


@get(
    f"{MATCHUP}/vote",
    operation_class=describe(
        answers=matchups.OWN_PREFERENCE,
        answers_as=matchups.OWN_PREFERENCE_SCHEMA,
        query={CONTEXT: matchups.CONTEXT},
        refusals=(400, 401, 403, 404, 503),
    ),
)
@direct()
async def get_preference(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """Read one's own preference in a matchup, as the log has it at this moment. For voters."""
    voter = require(request, tokens, Role.VOTER)
    own = await read_preference(pool, _matchup(request), voter.name)
    return answer_read(request, own)


@get(
    MATCHUP,
    operation_class=describe(
        answers=matchups.MATCHUP,
        answers_as="MatchupScore",
        query=common.MOMENT,
        refusals=(400, 404, 503),
    ),
)
@direct()
async def get_matchup(request: Request, *, pool: Pool) -> Response:
    """Read what the crowd prefers of two tools, in all contexts together and in each: now, or as it was.

    It is the same document whichever tool is named first: `left` is the tool whose slug comes first in the
    alphabet, and `share` is the left tool's, a tie being half a win. Contexts come in alphabetical order.
    """
    asked = parameters.query(request, "as_of", "corrected")
    moment = as_of.moment(asked)
    pair = _pair(request)
    await _look_for_tools(pool, pair, moment)
    matchups = await read_matchups(
        pool,
        pair.left,
        pair.right,
        at=moment and moment.at,
        corrected=moment is not None and moment.corrected,
    )
    document = matchup_score(left=pair.left, right=pair.right, matchups=matchups)
    return answer_read(request, document, says=replace(document, position=Position(0)))


async def _look_for_tools(pool: Pool, pair: Matchup, moment: Moment | None) -> None:
    """Make sure that both tools are listed; for the past it is enough that they ever were.

    Raises:
        BadParameterError: the moment lies beyond the log's end.
        UnknownToolError: one of them is not.
        NotCaughtUpError: the read models did not reach the moment in time.
    """
    if moment is not None:
        await as_of.reach_moment(pool, moment)
    for slug in (pair.left, pair.right):
        found = await was_listed(pool, slug) if moment else await read_tool(pool, slug) is not None
        if not found:
            raise UnknownToolError(slug)


def _matchup(request: Request) -> Matchup:
    """Read a matchup from path and query; without a context it is the overall one."""
    context = parameters.query(request, CONTEXT).get(CONTEXT, OVERALL)
    parameters.check_slug(context)
    return _pair(request, context)


def _pair(request: Request, context: str = OVERALL) -> Matchup:
    return matchup_of(parameters.slug(request, "a"), parameters.slug(request, "b"), context)


ROUTES: Final = (put_preference, delete_preference, get_preference, get_matchup)
