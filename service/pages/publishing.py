"""From a page's contents to its bytes: fills the template in, and keeps the page while it is fresh."""

from collections.abc import Awaitable, Callable, Hashable
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from litestar.types import HTTPScope
from msgspec import Struct

from service.answers import Answer
from service.asking import Asking
from service.pages import assets
from service.pages.headers import CURRENT, SAFE
from service.pages.representations import Representation
from service.pages.shelf import Shelf

HTML: Final = b"text/html; charset=utf-8"
BROTLI_QUALITY: Final = 5
"""A page is compressed about once a second: a millisecond for it is well spent, ten are not."""

_TEMPLATES: Final = files("service.pages").joinpath("templates")


class Frame(Struct, frozen=True, kw_only=True):
    """What stands around a page's own contents.

    Attributes:
        title: In the browser's tab and in search engines, before the site's name.
        description: One sentence for search engines.
        path: The page's one address, whichever it was asked for by; None keeps it out of search engines.
        search: What stands in the search box.
    """

    title: str
    description: str
    path: str | None
    search: str = ""


class Page(Struct, frozen=True):
    """A page before it is written out: its template, and the one thing that the template sees."""

    template: str
    frame: Frame
    view: Struct


class Pages:
    """What one process needs to publish pages.

    Args:
        url: Where readers find the site, without a slash at its end; "" leaves addresses relative.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._shelf: Shelf[Representation] = Shelf()

    async def show(self, request: Asking, key: Hashable, make: Callable[[], Awaitable[Page]]) -> Answer:
        """Answer with the page of this key, made if nobody asked a moment ago."""

        async def publish() -> Representation:
            body = self.write(await make())
            return Representation(
                body, media_type=HTML, headers=(CURRENT, *SAFE), brotli_quality=BROTLI_QUALITY
            )

        return (await self._shelf.get(key, publish)).answer(request)

    def write(self, page: Page) -> bytes:
        """Fill a page's template in."""
        path = page.frame.path
        canonical = None if path is None else self._url + path
        template = _environment().get_template(page.template)
        return template.render(frame=page.frame, canonical=canonical, view=page.view).encode()


def pages_of(scope: HTTPScope) -> Pages:
    """Return the pages of the app that a request came to."""
    pages: Pages = scope["litestar_app"].state.pages
    return pages


async def show(request: Asking, key: Hashable, make: Callable[[], Awaitable[Page]]) -> Answer:
    """Answer with a page; `key` names everything that it depends on, but time."""
    return await pages_of(request.scope).show(request, key, make)


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(lambda name: _TEMPLATES.joinpath(name).read_text("utf-8")),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = assets.address  # pyright: ignore[reportArgumentType]
    return environment
