"""The catalogue: `/v1/tools`."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from events.facts import Pricing, ToolEntry
from events.ids import Slug
from events.log.connection import Pool
from projections.catalogue.queries import Tool, read_tool, read_tools
from service.commands.catalogue import DelistTool, ListTool
from service.commands.refusals import UnknownToolError
from service.http.auth import ADMINS
from service.http.pagination import LIMIT_DEFAULT, AfterKey, Limit, Page, page
from service.http.response import Response
from service.http.schemas import ToolBody
from service.http.submit import Submit
from service.routes.declare import delete, get, put
from service.routes.examples import common

PATH: Final = "/v1/tools/{slug}"


class ToolsQuery(Struct, frozen=True, kw_only=True):
    """A page of the tools."""

    category: Annotated[Slug | None, Meta(description="Only tools of this category.")] = None
    limit: Limit = LIMIT_DEFAULT
    cursor: AfterKey = ""


@put(PATH, callers=ADMINS, takes=common.TOOL)
async def put_tool(*, slug: Slug, body: ToolBody, submit: Submit) -> Response:
    """List a tool, or revise its entry. Repeating it changes nothing."""
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
    return await submit(ListTool(entry))


@delete(PATH, callers=ADMINS, refuses=(UnknownToolError,))
async def delete_tool(*, slug: Slug, submit: Submit) -> Response:
    """Delist a tool. Its votes and reviews stay in the log."""
    return await submit(DelistTool(slug))


@get("/v1/tools", example={"items": [common.LISTED_TOOL], "next": common.NEXT})
async def get_tools(*, query: ToolsQuery, pool: Pool) -> Page[Tool]:
    """List the tools, by slug."""
    tools = await read_tools(pool, after=query.cursor, category=query.category, limit=query.limit + 1)
    return page(tools, [tool.slug for tool in tools], limit=query.limit)


@get(PATH, example=common.LISTED_TOOL, refuses=(UnknownToolError,))
async def get_tool(*, slug: Slug, pool: Pool) -> Tool:
    """Read one tool's entry."""
    tool = await read_tool(pool, slug)
    if tool is None:
        raise UnknownToolError(slug)
    return tool


ROUTES: Final = (put_tool, delete_tool, get_tools, get_tool)
