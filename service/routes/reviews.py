"""Reviews: `/v1/tools/{slug}/reviews`."""

from typing import Final

import msgspec
from litestar import delete, get, put

from events.log.connection import Pool
from events.log.writer import Writer
from projections.catalogue.queries import read_tool
from projections.reviews.queries import read_reviews
from service.commands.refusals import NotTheAuthorError, UnknownToolError
from service.commands.reviews import WithdrawReview, WriteReview
from service.http import pagination, parameters
from service.http.auth import require
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response
from service.http.schemas import ReviewBody
from service.http.submit import submit
from service.http.tokens import Principal, Role, Tokens
from service.routes.examples import common
from service.routes.openapi import describe, describe_write

_decoder: Final = msgspec.json.Decoder(ReviewBody)


def _author(request: Request, tokens: Tokens) -> tuple[Principal, str]:
    """Return who is asking, and the panelist of the address if they may write for them."""
    principal = require(request, tokens, Role.PANELIST, Role.ADMIN)
    panelist = parameters.slug(request, "panelist")
    if principal.role == Role.PANELIST and principal.name != panelist:
        raise NotTheAuthorError(panelist)
    return principal, panelist


@put(
    "/v1/tools/{slug:str}/reviews/{panelist:str}",
    operation_class=describe_write(takes=common.REVIEW, takes_as="ReviewBody"),
)
@direct()
async def put_review(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Submit or revise a review. Repeating it changes nothing. For that panelist, and for admins."""
    author, panelist = _author(request, tokens)
    slug = parameters.slug(request)
    body = await request.decoded(_decoder)
    command = WriteReview(
        tool=slug, panelist=panelist, verdict=body.verdict, headline=body.headline, body=body.body
    )
    return await submit(request, writer, command, by=author)


@delete(
    "/v1/tools/{slug:str}/reviews/{panelist:str}",
    status_code=200,
    operation_class=describe_write(),
)
@direct()
async def delete_review(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Withdraw a review. For that panelist, and for admins."""
    author, panelist = _author(request, tokens)
    return await submit(
        request, writer, WithdrawReview(tool=parameters.slug(request), panelist=panelist), by=author
    )


@get(
    "/v1/tools/{slug:str}/reviews",
    operation_class=describe(
        answers={"items": [common.LISTED_REVIEW], "next": common.NEXT},
        answers_as=common.page_of("Review"),
        query={"limit": common.LIMIT, "cursor": common.CURSOR},
        refusals=(400, 404, 503),
    ),
)
@direct()
async def get_reviews(request: Request, *, pool: Pool) -> Response:
    """List a tool's standing reviews, by panelist."""
    asked = parameters.query(request, "limit", "cursor")
    slug, limit = parameters.slug(request), pagination.limit(asked)
    if await read_tool(pool, slug) is None:
        raise UnknownToolError(slug)
    reviews = await read_reviews(pool, slug, after=pagination.cursor(asked), limit=limit + 1)
    return answer_read(
        request, pagination.page(reviews, [review.panelist for review in reviews], limit=limit)
    )


ROUTES: Final = (put_review, delete_review, get_reviews)
