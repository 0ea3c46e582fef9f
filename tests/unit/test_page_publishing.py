"""Whom a page is made anew for: readers share what was made a moment ago, and only a voter need not wait."""

from typing import cast

import pytest
from litestar.types import HTTPReceiveMessage, HTTPScope
from msgspec import Struct

from service.http.request import Request
from service.http.tokens import Tokens
from service.pages.rendering.publishing import Choices, Frame, PageDraft, Pages
from service.pages.session.cookies import VOTED
from service.pages.session.person import Person
from service.pages.session.sessions import Sessions
from service.pages.session.signer import Signer

ANN = Person(name="ann", account="ann", voting="account", csrf="")
STRANGER = Person(voting="account", csrf="")


class Plain(Pages):
    """Publishes pages for one person, without filling any template in."""

    def __init__(self, reader: Person) -> None:
        signer = Signer("s" * 32, "", anonymous_votes=False)
        super().__init__("", Sessions(signer, Tokens("s" * 32)))
        self._reader = reader

    def person(self, request: Request) -> Person:  # noqa: ARG002 - whoever asks
        """Let the one person look at every page."""
        return self._reader

    def write(self, page: PageDraft, person: Person, choices: Choices | None = None) -> bytes:
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
    person: Person, cookies: str, made: int
) -> None:
    pages, count = Plain(person), 0

    async def make() -> PageDraft:
        nonlocal count
        count += 1
        return PageDraft("page.html", Frame(title="", description="", path=None), Struct())

    for _ in range(2):
        await pages.show(asking(cookies), "key", make)
    assert count == made
