"""The panel: `/v1/panelists`."""

from typing import Final

import msgspec
from litestar import delete, put

from events.facts import PanelistEntry
from service import parameters
from service.answers import Answer
from service.asking import Asking, direct
from service.auth import require
from service.bodies import PanelistBody
from service.commands.catalogue import RetirePanelist, SeatPanelist
from service.openapi import describe_write
from service.routes import examples
from service.tokens import Role
from service.writing import submit

_decoder: Final = msgspec.json.Decoder(PanelistBody)


@put(
    "/v1/panelists/{slug:str}",
    operation_class=describe_write(takes=examples.PANELIST, takes_as="PanelistBody"),
)
@direct()
async def put_panelist(request: Asking) -> Answer:
    """Seat a panelist, or revise their entry. Repeating it changes nothing. For admins."""
    admin = require(request, Role.ADMIN)
    slug = parameters.slug(request)
    body = await request.decoded(_decoder)
    return await submit(
        request,
        SeatPanelist(PanelistEntry(slug=slug, name=body.name, lens=body.lens, bio=body.bio)),
        by=admin,
    )


@delete(
    "/v1/panelists/{slug:str}",
    status_code=200,
    operation_class=describe_write(),
)
@direct()
async def delete_panelist(request: Asking) -> Answer:
    """Retire a panelist. What they wrote stands; they write no more. For admins."""
    admin = require(request, Role.ADMIN)
    return await submit(request, RetirePanelist(parameters.slug(request)), by=admin)


ROUTES: Final = (put_panelist, delete_panelist)
