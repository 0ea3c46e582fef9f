"""Scores, as they are and as they became so: `/v1/tools/{slug}/score`, `…/history`, `…/changes`."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from events.ids import Position, Slug
from events.log.connection import Pool
from projections.catalogue.queries import was_listed
from projections.past.changes import CHANGES_MAX, NEWEST, Burst, RulingsChange, read_changes
from projections.past.counts import read_past_score
from projections.past.history import Unit, read_history
from projections.scores import Score
from service.commands.refusals import UnknownToolError
from service.http.conditional import answer_read, matches
from service.http.pagination import (
    LIMIT_DEFAULT,
    AfterKey,
    BeforePlace,
    LongLimit,
    Page,
    encode_cursor,
    limit_up_to,
    page,
)
from service.http.problems import BadParameterError
from service.http.request import Request
from service.http.response import Response
from service.live.score_cache import ScoreCache
from service.reads.as_of import Moment, MomentQuery, reach_moment
from service.reads.documents import History, history_item
from service.routes.declare import get
from service.routes.examples import common


class ScoreQuery(MomentQuery, frozen=True, kw_only=True):
    """The state of a score: of now, at a position or later, or of the past."""

    after: Annotated[
        Position | None, Meta(description="Wait, up to 10 seconds, until this position is counted in.")
    ] = None


class HistoryQuery(Struct, frozen=True, kw_only=True):
    """A page of a tool's history."""

    bucket: Annotated[Unit, Meta(description="Length of a bucket; in UTC, and a week begins on Monday.")] = (
        "day"
    )
    limit: LongLimit = LIMIT_DEFAULT
    cursor: AfterKey = ""


class ChangesQuery(Struct, frozen=True, kw_only=True):
    """A page of the changes of a tool's score."""

    limit: Annotated[int, limit_up_to(CHANGES_MAX)] = LIMIT_DEFAULT
    cursor: BeforePlace = None


@get("/v1/tools/{slug}/score", answer=Score, example=common.SCORE, refuses=(UnknownToolError,))
async def read_score(
    request: Request, *, slug: Slug, query: ScoreQuery, pool: Pool, score_cache: ScoreCache
) -> Response:
    """Read a tool's score, exact at its `position`: now, or as it was.

    A past score is as published then, by the rulings up to there. With `corrected=true` it is by the
    rulings known now.
    """
    moment = query.moment
    if moment is not None:
        if query.after is not None:
            message = "Ask for after or for as_of, not for both."
            raise BadParameterError(message)
        return answer_read(request, await _past_score(pool, slug, moment))
    score = await score_cache.get(slug, after=query.after or Position(0))
    return score.not_modified if matches(request, score.etag) else score.response


async def _past_score(pool: Pool, slug: str, moment: Moment) -> Score:
    await reach_moment(pool, moment)
    if not await was_listed(pool, slug):
        raise UnknownToolError(slug)
    return await read_past_score(pool, slug, at=moment.at, corrected=moment.corrected)


@get("/v1/tools/{slug}/history", example=common.HISTORY, refuses=(UnknownToolError,))
async def get_history(*, slug: Slug, query: HistoryQuery, pool: Pool) -> History:
    """Read the history of a tool's score, bucket by bucket, as published and as corrected.

    Each bucket holds the score at its end: `published` as readers saw it then, `corrected` by the rulings
    known now. Buckets without votes, reviews and rulings are left out.
    """
    if not await was_listed(pool, slug):
        raise UnknownToolError(slug)
    history = await read_history(pool, slug, unit=query.bucket)
    items = [history_item(bucket) for bucket in history.buckets if bucket.start.isoformat() > query.cursor]
    found = page(items, [item.start.isoformat() for item in items], limit=query.limit)
    return History(slug, query.bucket, history.position, found.items, found.next)


@get(
    "/v1/tools/{slug}/changes",
    example={"items": [common.RULED_CHANGE, common.BURST], "next": common.NEXT},
    refuses=(UnknownToolError,),
)
async def get_changes(*, slug: Slug, query: ChangesQuery, pool: Pool) -> Page[Burst | RulingsChange]:
    """Read why a tool's score changed, newest first: votes hour by hour, and batches of rulings.

    Each change has the score before and after it. Voters are never named.
    """
    if not await was_listed(pool, slug):
        raise UnknownToolError(slug)
    found = await read_changes(pool, slug, before=query.cursor or NEWEST, limit=query.limit)
    return Page(found.changes, found.next and encode_cursor(f"{found.next[0]}/{found.next[1]}"))


ROUTES: Final = (read_score, get_history, get_changes)
