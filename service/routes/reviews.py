"""Reviews: `/v1/tools/{slug}/reviews`."""

from typing import Final

from msgspec import Struct

from events.ids import Slug
from events.log.connection import Pool
from projections.catalogue.queries import read_tool
from projections.reviews.queries import Review, read_reviews
from service.commands.refusals import NotTheAuthorError, UnknownPanelistError, UnknownToolError
from service.commands.reviews import WithdrawReview, WriteReview
from service.http.auth import AUTHORS
from service.http.pagination import LIMIT_DEFAULT, AfterKey, Limit, Page, page
from service.http.response import Response
from service.http.schemas import ReviewBody
from service.http.submit import Submit
from service.http.tokens import Principal, Role
from service.routes.declare import delete, get, put
from service.routes.examples import common

PATH: Final = "/v1/tools/{slug}/reviews/{panelist}"


class ReviewsQuery(Struct, frozen=True, kw_only=True):
    """A page of reviews."""

    limit: Limit = LIMIT_DEFAULT
    cursor: AfterKey = ""


@put(PATH, callers=AUTHORS, takes=common.REVIEW, refuses=(UnknownToolError, UnknownPanelistError))
async def put_review(
    *, slug: Slug, panelist: Slug, body: ReviewBody, author: Principal, submit: Submit
) -> Response:
    """Submit or revise a review. Repeating it changes nothing."""
    _check_author(author, panelist)
    command = WriteReview(
        tool=slug, panelist=panelist, verdict=body.verdict, headline=body.headline, body=body.body
    )
    return await submit(command)


@delete(PATH, callers=AUTHORS, refuses=(UnknownToolError, UnknownPanelistError))
async def delete_review(*, slug: Slug, panelist: Slug, author: Principal, submit: Submit) -> Response:
    """Withdraw a review."""
    _check_author(author, panelist)
    return await submit(WithdrawReview(tool=slug, panelist=panelist))


@get(
    "/v1/tools/{slug}/reviews",
    example={"items": [common.LISTED_REVIEW], "next": common.NEXT},
    refuses=(UnknownToolError,),
)
async def get_reviews(*, slug: Slug, query: ReviewsQuery, pool: Pool) -> Page[Review]:
    """List a tool's current reviews, by panelist."""
    if await read_tool(pool, slug) is None:
        raise UnknownToolError(slug)
    reviews = await read_reviews(pool, slug, after=query.cursor, limit=query.limit + 1)
    return page(reviews, [review.panelist for review in reviews], limit=query.limit)


def _check_author(author: Principal, panelist: str) -> None:
    """Refuse a panelist who writes for another.

    Raises:
        NotTheAuthorError: that is so.
    """
    if author.role == Role.PANELIST and author.name != panelist:
        raise NotTheAuthorError(panelist)


ROUTES: Final = (put_review, delete_review, get_reviews)
