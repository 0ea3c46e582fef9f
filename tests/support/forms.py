"""Fills in and posts the pages' forms as a browser without scripts does."""

import re
from typing import Final

import httpx

from tests.support.service import Caller, Service, fresh

PAGE: Final = {"Accept": "text/html"}
HIDDEN: Final = re.compile(r'name="csrf" value="([\w-]+)"')


def own_origin(service: Service) -> dict[str, str]:
    """Make the headers of a form that stands on the service's own page."""
    return {**PAGE, "Origin": service.url}


def csrf_of(page: httpx.Response) -> str:
    """Return the hidden token of a page's forms."""
    found = HIDDEN.search(page.text)
    assert found, page.text
    return found[1]


async def sign_in(service: Service, client: httpx.AsyncClient, token: str, path: str = "/") -> httpx.Response:
    """Post the sign-in form."""
    form = {"csrf": csrf_of(await client.get("/sign-in")), "token": token, "next": path}
    return await client.post("/sign-in", data=form, headers=own_origin(service))


async def post(caller: Caller, path: str, *, csrf: str | None = None, **fields: str) -> httpx.Response:
    """Post a form of the page that stands at the same path, but for its last part."""
    if csrf is None:
        csrf = csrf_of(await caller.client.get("/" if "/compare/" in path else path.removesuffix("/vote")))
    return await caller.client.post(path, data={"csrf": csrf, **fields}, headers=own_origin(caller.service))


async def follow(caller: Caller, answer: httpx.Response) -> str:
    """Return the page that a form leads to."""
    assert answer.status_code == 303, answer.text
    page = await caller.client.get(answer.headers["location"], headers=PAGE)
    assert page.status_code == 200
    return page.text


async def listed(caller: Caller) -> str:
    """List a tool, and wait until it has a page."""
    tool = fresh()
    await caller.score(tool, after=await caller.list_tool(tool))
    return tool
