"""The console's pages as a moderator without a browser reads them."""

import re
from html import unescape
from typing import Any, Final

import httpx

from service.pages.session.cookies import SESSION
from tests.support.forms import PAGE
from tests.support.service import Caller, done

LOG: Final = "/moderation/events"
NOBODYS: Final = "0198c7a5-0000-4000-8000-000000000000"
ROW: Final = re.compile(
    r'<th scope="row" role="rowheader" class="position"><a href="/moderation/events/(\d+)">'
)
TAG: Final = re.compile(r"<[^>]+>")


async def look(caller: Caller, path: str, *, role: str | None = "moderator", **asked: str) -> httpx.Response:
    """Open a page of the console, signed in with that role."""
    cookies = {} if role is None else {"Cookie": f"{SESSION}={caller.service.token(role, 'mo')}"}
    return await caller.client.get(path, params=asked or None, headers={**PAGE, **cookies})


async def read(caller: Caller, path: str, **asked: str) -> str:
    """Return the page, which has to be there."""
    answer = await look(caller, path, **asked)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(page: str) -> str:
    """Return what stands on a page, without its elements."""
    return " ".join(unescape(TAG.sub(" ", page.partition("<main")[2].partition("</main>")[0])).split())


def rows(page: str) -> list[int]:
    """Return the positions of the rows on a page, in their order."""
    return [int(position) for position in ROW.findall(page)]


async def events(caller: Caller, **asked: object) -> list[dict[str, Any]]:
    """Read events as programs do."""
    return done(await caller.call("GET", "/v1/events", role="moderator", params=asked))["items"]


async def retract(caller: Caller, *positions: int) -> dict[str, Any]:
    """Retract events as one batch."""
    order = {"action": "retract", "select": {"positions": positions}, "reason": "fraud", "note": "In <b>ulk"}
    answer = await caller.call("POST", "/v1/moderation/batches", role="moderator", subject="sam", json=order)
    assert answer.status_code == 201, answer.text
    return answer.json()
