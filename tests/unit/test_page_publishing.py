"""Whom a page is made anew for: readers share what was made a moment ago, and only a voter need not wait."""

from typing import cast

import pytest
from litestar.types import HTTPReceiveMessage, HTTPScope
from msgspec import Struct

from service.http.request import Request
from service.pages.rendering import publishing
from service.pages.rendering.publishing import Choices, Frame, Page, Pages
from service.pages.session.cookies import VOTED
from service.pages.session.person import Person

ANN = Person(name="ann", account="ann", voting="account", csrf="")
STRANGER = Person(voting="account", csrf="")


class Plain(Pages):
    """Publishes pages without filling any template in."""

    def write(self, page: Page, person: Person, choices: Choices | None = None) -> bytes:
        """Say whose page it is."""
        return f"{page.template}: {person.name} {choices}".encode()


async def hang_up() -> HTTPReceiveMessage:
    """Stand in for a client that sends no body and leaves."""
    return {"type": "http.disconnect"}


def asking(cookies: str) -> Request:
    """Make a request that comes with these cookies."""
    scope = cast("HTTPScope", {"headers": [(b"cookie", cookies.encode())]})
    return Request(scope, hang_up, body_bytes_max=0)


@pytest.mark.parametrize(
    ("person", "cookies", "made"),
    [
        (STRANGER, "", 1),
        (STRANGER, f"{VOTED}=1", 1),
        (ANN, "", 1),
        (ANN, f"{VOTED}=1", 2),
    ],
)
async def test_only_a_voter_known_to_the_site_gets_a_page_made_anew(
    monkeypatch: pytest.MonkeyPatch, person: Person, cookies: str, made: int
) -> None:
    def found(_: Request) -> Person:
        return person

    monkeypatch.setattr(publishing, "person_of", found)
    pages, count = Plain(""), 0

    async def make() -> Page:
        nonlocal count
        count += 1
        return Page("page.html", Frame(title="", description="", path=None), Struct())

    for _ in range(2):
        await pages.show(asking(cookies), "key", make, None)
    assert count == made
