"""Matchups of two tools: `/v1/matchups/{a}/{b}`, and a voter's own preference in one, `…/vote`."""

from typing import Annotated, Final

from msgspec import Meta, Struct
from msgspec.structs import replace

from events.facts import OVERALL
from events.ids import Position, Slug
from events.log.connection import Pool
from projections.catalogue.queries import read_tool, was_listed
from projections.past.matchups import read_matchups
from service.commands.matchups import CastPreference, WithdrawPreference, matchup_of
from service.commands.refusals import BadMatchupError, BadWinnerError, UnknownToolError
from service.http.auth import VOTERS
from service.http.conditional import answer_read
from service.http.request import Request
from service.http.response import Response
from service.http.schemas import PreferenceBody
from service.http.submit import Submit
from service.http.tokens import Principal
from service.reads.as_of import Moment, MomentQuery, reach_moment
from service.reads.ballots import OwnPreference, read_preference
from service.reads.documents import MatchupScore, matchup_score
from service.routes.declare import delete, get, put
from service.routes.examples import matchups

MATCHUP: Final = "/v1/matchups/{a}/{b}"
VOTE: Final = f"{MATCHUP}/vote"


class ContextQuery(Struct, frozen=True, kw_only=True):
    """The use case of a preference."""

    context: Annotated[
        Slug,
        Meta(description="Slug of the use case that the preference is about.", examples=["code-review"]),
    ] = OVERALL


@put(
    VOTE,
    callers=VOTERS,
    takes=matchups.PREFERENCE,
    refuses=(UnknownToolError, BadMatchupError, BadWinnerError),
)
async def put_preference(
    *, a: Slug, b: Slug, body: PreferenceBody, voter: Principal, submit: Submit
) -> Response:
    """Set your preference in a matchup. Repeating it changes nothing.

    The winner is the slug of one of the two tools, or `tie`. A voter has one preference for each pair and
    context. The order of the tools in the address does not matter.
    """
    matchup = matchup_of(a, b, body.context)
    return await submit(CastPreference(matchup=matchup, account=voter.name, winner=body.winner))


@delete(VOTE, callers=VOTERS, refuses=(UnknownToolError, BadMatchupError))
async def delete_preference(
    *, a: Slug, b: Slug, query: ContextQuery, voter: Principal, submit: Submit
) -> Response:
    """Withdraw your preference in a matchup."""
    return await submit(WithdrawPreference(matchup=matchup_of(a, b, query.context), account=voter.name))


@get(VOTE, callers=VOTERS, example=matchups.OWN_PREFERENCE, refuses=(UnknownToolError, BadMatchupError))
async def get_preference(
    *, a: Slug, b: Slug, query: ContextQuery, voter: Principal, pool: Pool
) -> OwnPreference:
    """Read your own preference in a matchup, straight from the log."""
    return await read_preference(pool, matchup_of(a, b, query.context), voter.name)


@get(MATCHUP, answer=MatchupScore, example=matchups.MATCHUP, refuses=(UnknownToolError, BadMatchupError))
async def get_matchup(request: Request, *, a: Slug, b: Slug, query: MomentQuery, pool: Pool) -> Response:
    """Read which of two tools the crowd prefers, in each context and in all of them: now, or as it was.

    The order of the tools in the address does not matter. `left` is the tool whose slug comes first in the
    alphabet, and `share` is the left tool's share, with a tie as half a win. Contexts come in alphabetical
    order.
    """
    moment = query.moment
    pair = matchup_of(a, b, OVERALL)
    await _find_tools(pool, (pair.left, pair.right), moment)
    found = await read_matchups(
        pool,
        pair.left,
        pair.right,
        at=moment and moment.at,
        corrected=moment is not None and moment.corrected,
    )
    document = matchup_score(left=pair.left, right=pair.right, matchups=found)
    return answer_read(request, document, says=replace(document, position=Position(0)))


async def _find_tools(pool: Pool, slugs: tuple[str, str], moment: Moment | None) -> None:
    """Make sure that both tools are listed; for the past it is enough that they ever were.

    Raises:
        BadParameterError: the moment lies beyond the log's end.
        UnknownToolError: one of them is not.
        NotCaughtUpError: the read models did not reach the moment in time.
    """
    if moment is not None:
        await reach_moment(pool, moment)
    for slug in slugs:
        found = await was_listed(pool, slug) if moment else await read_tool(pool, slug) is not None
        if not found:
            raise UnknownToolError(slug)


ROUTES: Final = (put_preference, delete_preference, get_preference, get_matchup)
