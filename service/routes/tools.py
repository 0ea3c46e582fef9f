"""The catalogue: `/v1/tools`."""

from typing import Final

import msgspec
from litestar import delete, get, put

from events.facts import Pricing, ToolEntry
from events.log.connection import Pool
from events.log.writer import Writer
from projections.catalogue.queries import read_tool, read_tools
from service.commands.catalogue import DelistTool, ListTool
from service.commands.refusals import UnknownToolError
from service.http import pagination, parameters
from service.http.auth import require
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response
from service.http.schemas import ToolBody
from service.http.submit import submit
from service.http.tokens import Role, Tokens
from service.routes.examples import common
from service.routes.openapi import describe, describe_write

_decoder: Final = msgspec.json.Decoder(ToolBody)


@put(
    "/v1/tools/{slug:str}",
    operation_class=describe_write(takes=common.TOOL, takes_as="ToolBody"),
)
@direct()
async def put_tool(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """List a tool, or revise its entry. Repeating it changes nothing. For admins."""
    admin = require(request, tokens, Role.ADMIN)
    slug = parameters.slug(request)
    body = await request.decoded(_decoder)
    entry = ToolEntry(
        slug=slug,
        name=body.name,
        vendor=body.vendor,
        category=body.category,
        tagline=body.tagline,
        description=body.description,
        homepage=body.homepage,
        pricing=Pricing(model=body.pricing.model, entry=body.pricing.entry, note=body.pricing.note)
        if body.pricing
        else None,
    )
    return await submit(request, writer, ListTool(entry), by=admin)


@delete(
    "/v1/tools/{slug:str}",
    status_code=200,
    operation_class=describe_write(),
)
@direct()
async def delete_tool(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Delist a tool. Its votes and reviews stay in the log. For admins."""
    admin = require(request, tokens, Role.ADMIN)
    return await submit(request, writer, DelistTool(parameters.slug(request)), by=admin)


@get(
    "/v1/tools",
    operation_class=describe(
        answers={"items": [common.LISTED_TOOL], "next": common.NEXT},
        answers_as=common.page_of("Tool"),
        query={
            "category": ({"type": "string"}, "Only tools of this category."),
            "limit": common.LIMIT,
            "cursor": common.CURSOR,
        },
        refusals=(400, 503),
    ),
)
@direct()
async def get_tools(request: Request, *, pool: Pool) -> Response:
    """List the tools, by slug."""
    asked = parameters.query(request, "category", "limit", "cursor")
    limit = pagination.limit(asked)
    category = asked.get("category")
    if category is not None:
        parameters.check_slug(category)
    tools = await read_tools(
        pool,
        after=pagination.cursor(asked),
        category=category,
        limit=limit + 1,
    )
    return answer_read(request, pagination.page(tools, [tool.slug for tool in tools], limit=limit))


@get(
    "/v1/tools/{slug:str}",
    operation_class=describe(answers=common.LISTED_TOOL, answers_as="Tool", refusals=(400, 404, 503)),
)
@direct()
async def get_tool(request: Request, *, pool: Pool) -> Response:
    """Read one tool's entry."""
    parameters.query(request)
    slug = parameters.slug(request)
    tool = await read_tool(pool, slug)
    if tool is None:
        raise UnknownToolError(slug)
    return answer_read(request, tool)


ROUTES: Final = (put_tool, delete_tool, get_tools, get_tool)
