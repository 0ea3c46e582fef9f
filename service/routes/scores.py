"""Scores, as they are and as they became so: `/v1/tools/{slug}/score`, `…/history`, `…/changes`."""

from typing import Final, get_args

from litestar import get

from events.log.connection import Pool
from projections.catalogue.queries import was_listed
from projections.past.changes import CHANGES_MAX, NEWEST, read_changes
from projections.past.counts import read_past_score
from projections.past.history import Unit, read_history
from service.commands.refusals import UnknownToolError
from service.http import pagination, parameters
from service.http.conditional import answer_read, matches
from service.http.problems import BadParameterError
from service.http.request import Request, direct
from service.http.response import Response
from service.live.score_cache import ScoreCache
from service.reads import as_of
from service.reads.as_of import Moment
from service.reads.documents import history_item
from service.routes.examples import common
from service.routes.openapi import describe

BUCKETS_MAX: Final = 1_000


async def read_score(request: Request, *, pool: Pool, score_cache: ScoreCache) -> Response:
    """Read a tool's score, exact at its `position`: now, or as it was.

    As published then, by the rulings up to there; with `corrected=true` by the rulings known now.
    """
    asked = parameters.query(request, "after", "as_of", "corrected")
    moment = as_of.moment(asked)
    after = parameters.position(asked, "after")
    if moment is not None:
        if "after" in asked:
            message = "Ask for after or for as_of, not for both."
            raise BadParameterError(message)
        return await _past_score(request, pool, parameters.slug(request), moment)
    score = await score_cache.get(parameters.slug(request), after=after)
    return score.not_modified if matches(request, score.etag) else score.response


async def _past_score(request: Request, pool: Pool, slug: str, moment: Moment) -> Response:
    await as_of.reach_moment(pool, moment)
    if not await was_listed(pool, slug):
        raise UnknownToolError(slug)
    score = await read_past_score(pool, slug, at=moment.at, corrected=moment.corrected)
    return answer_read(request, score)


get_score = get(
    "/v1/tools/{slug:str}/score",
    operation_class=describe(
        answers=common.SCORE,
        answers_as="Score",
        query={
            "after": (
                {"type": "integer", "minimum": 0},
                "Wait, up to 10 seconds, until this position is counted in.",
            ),
            **common.MOMENT,
        },
        refusals=(400, 404, 503),
    ),
)(direct()(read_score))


@get(
    "/v1/tools/{slug:str}/history",
    operation_class=describe(
        answers=common.HISTORY,
        answers_as=common.HISTORY_SCHEMA,
        query={
            "bucket": (
                {"enum": ["hour", "day", "week"], "default": "day"},
                "Length of a bucket; in UTC, and a week begins on Monday.",
            ),
            "limit": ({**common.LIMIT[0], "maximum": BUCKETS_MAX}, common.LIMIT[1]),
            "cursor": common.CURSOR,
        },
        refusals=(400, 404, 503),
    ),
)
@direct()
async def get_history(request: Request, *, pool: Pool) -> Response:
    """Read how a tool's score became what it is, bucket by bucket, in both kinds of past.

    Each bucket tells the score at its end: `published` as readers saw it then, `corrected` by the rulings
    known now. Buckets in which nothing was said or ruled are left out.
    """
    asked = parameters.query(request, "bucket", "limit", "cursor")
    slug, limit = parameters.slug(request), pagination.limit(asked, most=BUCKETS_MAX)
    unit = parameters.choice(asked, "bucket", get_args(Unit), default="day")
    after = pagination.cursor(asked)
    if not await was_listed(pool, slug):
        raise UnknownToolError(slug)
    history = await read_history(pool, slug, unit=unit)
    items = [history_item(bucket) for bucket in history.buckets if bucket.start.isoformat() > after]
    page = pagination.page(items, [item.start.isoformat() for item in items], limit=limit)
    document = {"tool": slug, "bucket": unit, "position": history.position, **page}
    return answer_read(request, document)


@get(
    "/v1/tools/{slug:str}/changes",
    operation_class=describe(
        answers={"items": [common.RULED_CHANGE, common.BURST], "next": common.NEXT},
        answers_as=common.CHANGES_SCHEMA,
        query={
            "limit": ({**common.LIMIT[0], "maximum": CHANGES_MAX}, common.LIMIT[1]),
            "cursor": common.CURSOR,
        },
        refusals=(400, 404, 503),
    ),
)
@direct()
async def get_changes(request: Request, *, pool: Pool) -> Response:
    """Read why a tool's score changed, newest first: bursts of votes by the hour, and batches of rulings.

    Each with the score before and after. Nobody learns who voted what.
    """
    asked = parameters.query(request, "limit", "cursor")
    slug, limit = parameters.slug(request), pagination.limit(asked, most=CHANGES_MAX)
    position, batch = pagination.split_cursor(asked) or NEWEST
    if not await was_listed(pool, slug):
        raise UnknownToolError(slug)
    page = await read_changes(pool, slug, before=(position, batch), limit=limit)
    following = page.next and pagination.encode_cursor(f"{page.next[0]}/{page.next[1]}")
    return answer_read(request, {"items": page.changes, "next": following})


ROUTES: Final = (get_score, get_history, get_changes)
