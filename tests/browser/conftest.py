"""One browser, one furnished service and one empty one for all browser tests."""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct
from playwright.async_api import Browser

from tests.browser.site import EMPTY_PAGES, PAGES, SIGNED_IN_PAGES, furnish, read_names
from tests.browser.visiting import open_browser
from tests.support.service import Service
from tests.support.up import running_up, temporary_home

SIGNED_IN_AS: Final = "voter-1"
"""Every voter who looks at a page has voted."""


class Place(Struct, frozen=True):
    """A page's address, and the token of the person who looks at it."""

    service: Service
    path: str
    session: str | None = None


Places = Callable[[str], Place]


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Headless Chromium."""
    async with open_browser() as browser:
        yield browser


@contextmanager
def _serving() -> Generator[Service]:
    with temporary_home() as home, running_up(home) as up:
        yield Service(up.url, Path(home))
        assert "a request met a defect" not in up.errors.read_text()


@pytest.fixture(scope="session")
async def service(browser: Browser) -> AsyncGenerator[Service]:
    """A service with the demo and more. It is not started without a browser."""
    _ = browser
    with _serving() as service:
        await furnish(service)
        yield service


@pytest.fixture(scope="session")
def empty_service(browser: Browser) -> Generator[Service]:
    """A service that nobody has filled yet."""
    _ = browser
    with _serving() as service:
        yield service


@pytest.fixture(scope="session")
async def names(service: Service) -> dict[str, str]:
    """The names there that are made by chance."""
    return await read_names(service)


@pytest.fixture(scope="session")
def place(service: Service, empty_service: Service, names: dict[str, str]) -> Places:
    """The address of each page, by its name."""

    def find(name: str) -> Place:
        if name in EMPTY_PAGES:
            return Place(empty_service, EMPTY_PAGES[name])
        if name in SIGNED_IN_PAGES:
            role, path = SIGNED_IN_PAGES[name]
            return Place(service, path.format(**names), service.token(role, SIGNED_IN_AS))
        return Place(service, PAGES[name])

    return find
