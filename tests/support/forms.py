"""Fills in and posts the pages' forms as a browser without scripts does."""

import re
from typing import Final

import httpx

from tests.support.service import Service

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
