"""The catalogue: `/v1/tools`."""

from typing import Final

import msgspec
from litestar import delete, get, put

from events.facts import Pricing, ToolEntry
from projections.catalogue.queries import read_tool, read_tools
from service import paging, parameters
from service.answers import Answer
from service.asking import Asking, direct
from service.auth import require
from service.bodies import ToolBody
from service.commands.catalogue import DelistTool, ListTool
from service.commands.refusals import UnknownToolError
from service.openapi import describe, describe_write
from service.revalidation import answer_read
from service.routes import examples
from service.tokens import Role
from service.writing import submit

_decoder: Final = msgspec.json.Decoder(ToolBody)


@put(
    "/v1/tools/{slug:str}",
    operation_class=describe_write(takes=examples.TOOL, takes_as="ToolBody"),
)
@direct()
async def put_tool(request: Asking) -> Answer:
    """List a tool, or revise its entry. Repeating it changes nothing. For admins."""
    admin = require(request, Role.ADMIN)
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
    return await submit(request, ListTool(entry), by=admin)


@delete(
    "/v1/tools/{slug:str}",
    status_code=200,
    operation_class=describe_write(),
)
@direct()
async def delete_tool(request: Asking) -> Answer:
    """Delist a tool. Its votes and reviews stay in the log. For admins."""
    admin = require(request, Role.ADMIN)
    return await submit(request, DelistTool(parameters.slug(request)), by=admin)


@get(
    "/v1/tools",
    operation_class=describe(
        answers={"items": [examples.LISTED_TOOL], "next": examples.NEXT},
        answers_as=examples.page_of("Tool"),
        query={
            "category": ({"type": "string"}, "Only tools of this category."),
            "limit": examples.LIMIT,
            "cursor": examples.CURSOR,
        },
        refusals=(400, 503),
    ),
)
@direct()
async def get_tools(request: Asking) -> Answer:
    """List the tools, by slug."""
    asked = parameters.query(request, "category", "limit", "cursor")
    limit = paging.limit(asked)
    category = asked.get("category")
    if category is not None:
        parameters.check_slug(category)
    tools = await read_tools(
        request.resources.pool,
        after=paging.cursor(asked),
        category=category,
        limit=limit + 1,
    )
    return answer_read(request, paging.page(tools, [tool.slug for tool in tools], limit=limit))


@get(
    "/v1/tools/{slug:str}",
    operation_class=describe(answers=examples.LISTED_TOOL, answers_as="Tool", refusals=(400, 404, 503)),
)
@direct()
async def get_tool(request: Asking) -> Answer:
    """Read one tool's entry."""
    parameters.query(request)
    slug = parameters.slug(request)
    tool = await read_tool(request.resources.pool, slug)
    if tool is None:
        raise UnknownToolError(slug)
    return answer_read(request, tool)


ROUTES: Final = (put_tool, delete_tool, get_tools, get_tool)
