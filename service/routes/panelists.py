"""The panel: `/v1/panelists`."""

from typing import Final

from events.facts import PanelistEntry
from events.ids import Slug
from service.commands.catalogue import RetirePanelist, SeatPanelist
from service.commands.refusals import UnknownPanelistError
from service.http.auth import ADMINS
from service.http.response import Response
from service.http.schemas import PanelistBody
from service.http.submit import Submit
from service.routes.declare import delete, put
from service.routes.examples import common

PATH: Final = "/v1/panelists/{slug}"


@put(PATH, callers=ADMINS, takes=common.PANELIST)
async def put_panelist(*, slug: Slug, body: PanelistBody, submit: Submit) -> Response:
    """Seat a panelist, or revise their entry. Repeating it changes nothing."""
    return await submit(SeatPanelist(PanelistEntry(slug=slug, name=body.name, lens=body.lens, bio=body.bio)))


@delete(PATH, callers=ADMINS, refuses=(UnknownPanelistError,))
async def delete_panelist(*, slug: Slug, submit: Submit) -> Response:
    """Retire a panelist. Their reviews stand, and they cannot write another."""
    return await submit(RetirePanelist(slug))


ROUTES: Final = (put_panelist, delete_panelist)
