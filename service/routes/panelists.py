"""The panel: `/v1/panelists`."""

from typing import Final

import msgspec
from litestar import delete, put

from events.facts import PanelistEntry
from events.log.writer import Writer
from service.commands.catalogue import RetirePanelist, SeatPanelist
from service.http import parameters
from service.http.auth import require
from service.http.request import Request, direct
from service.http.response import Response
from service.http.schemas import PanelistBody
from service.http.submit import submit
from service.http.tokens import Role, Tokens
from service.routes.examples import common
from service.routes.openapi import describe_write

_decoder: Final = msgspec.json.Decoder(PanelistBody)


@put(
    "/v1/panelists/{slug:str}",
    operation_class=describe_write(takes=common.PANELIST, takes_as="PanelistBody"),
)
@direct()
async def put_panelist(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Seat a panelist, or revise their entry. Repeating it changes nothing. For admins."""
    admin = require(request, tokens, Role.ADMIN)
    slug = parameters.slug(request)
    body = await request.decoded(_decoder)
    command = SeatPanelist(PanelistEntry(slug=slug, name=body.name, lens=body.lens, bio=body.bio))
    return await submit(request, writer, command, by=admin)


@delete(
    "/v1/panelists/{slug:str}",
    status_code=200,
    operation_class=describe_write(),
)
@direct()
async def delete_panelist(request: Request, *, tokens: Tokens, writer: Writer) -> Response:
    """Retire a panelist. What they wrote stands; they write no more. For admins."""
    admin = require(request, tokens, Role.ADMIN)
    return await submit(request, writer, RetirePanelist(parameters.slug(request)), by=admin)


ROUTES: Final = (put_panelist, delete_panelist)
