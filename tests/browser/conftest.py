"""One browser, one furnished service and one empty one for all browser tests; each page is looked at once."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser

from tests.browser.site import EMPTY_PAGES, PAGES, furnish
from tests.browser.visiting import Scheme, Visit, open_browser, visit
from tests.support.service import Service
from tests.support.up import running_up, temporary_home

Look = Callable[[str, Scheme], Awaitable[Visit]]

ADDRESSES: Final = {**PAGES, **EMPTY_PAGES}


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
    """A service with the demo and more; without a browser there is no use in starting it."""
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
def look(browser: Browser, service: Service, empty_service: Service) -> Look:
    """Visit a page, by its name and in a colour scheme; who asks again gets the same visit."""
    visits: dict[tuple[str, Scheme], Visit] = {}

    async def visit_once(name: str, scheme: Scheme) -> Visit:
        if (name, scheme) not in visits:
            url = (empty_service if name in EMPTY_PAGES else service).url
            visits[name, scheme] = await visit(browser, url, ADDRESSES[name], scheme=scheme)
        return visits[name, scheme]

    return visit_once
