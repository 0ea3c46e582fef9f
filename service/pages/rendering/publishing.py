"""Fills the template of a page in, and keeps the page while it is fresh."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from msgspec import Struct

from service.http.headers import CURRENT, NOT_KEPT, PRIVATE, SAFE, VARIES_BY_PERSON
from service.http.request import Request
from service.http.response import Response
from service.pages.rendering import assets
from service.pages.rendering.page_cache import PageCache
from service.pages.rendering.representations import Headers, Representation
from service.pages.rendering.tags import PLAIN, LinkPreview, tags_of
from service.pages.session.cookies import VOTED, cookie
from service.pages.session.person import Person, person_of
from service.pages.session.sessions import Sessions

HTML: Final = b"text/html; charset=utf-8"

Choices = Mapping[str, str]
"""Somebody's votes, by the address of the form for each; a form without a vote is missing."""

ReadOwn = Callable[[str], Awaitable[Choices]]

_TEMPLATES: Final = files("service.pages").joinpath("templates")


class Frame(Struct, frozen=True, kw_only=True):
    """The frame around a page's own contents.

    Attributes:
        title: In the browser's tab and in search engines, before the site's name.
        description: One sentence for search engines.
        path: The page's canonical address; None keeps it out of search engines.
        search: The contents of the search box.
        share: The preview of links to the page.
    """

    title: str
    description: str
    path: str | None
    search: str = ""
    share: LinkPreview = PLAIN


class PageDraft(Struct, frozen=True):
    """A page before it is written: its template, its frame and its view."""

    template: str
    frame: Frame
    view: Struct


class _Published(Struct):
    """A page, and its bytes for readers who are not known; None until the first of them asks."""

    page: PageDraft
    for_all: Representation | None = None


class Pages:
    """Publishes the pages of one process.

    Args:
        url: Where readers find the site, without a slash at its end; "" leaves addresses relative.
        sessions: Identifies the reader of a page.
    """

    def __init__(self, url: str, sessions: Sessions) -> None:
        self.url: Final = url
        self._sessions = sessions
        self._pages: PageCache[_Published] = PageCache()
        self._things: PageCache[Representation] = PageCache()

    async def show(
        self,
        request: Request,
        key: Hashable,
        make: Callable[[], Awaitable[PageDraft]],
        *,
        own: ReadOwn | None = None,
    ) -> Response:
        """Answer with a page that is the same for all, but for who is signed in and how they voted.

        It comes from the page cache while it is fresh, and is written anew for people who are known. Somebody
        who voted a moment ago gets one that is made anew; nobody else can ask for that.

        `key` names everything that the page depends on, but time and who looks at it. `own` reads an
        account's own votes that the page has forms for, each by its form's address.
        """
        person = self.person(request)

        async def publish() -> _Published:
            return _Published(await make())

        voted = person.is_known and cookie(request, VOTED)
        look = self._pages.renew if voted else self._pages.get
        published = await look(key, publish)
        if person.is_known:
            choices = await own(person.account) if own and person.account else None
            return _represent(self.write(published.page, person, choices), (PRIVATE,)).answer(request)
        if published.for_all is None:
            published.for_all = _represent(self.write(published.page, person), (CURRENT,))
        return published.for_all.answer(request)

    async def show_once(self, request: Request, page: PageDraft, *, status: int = 200) -> Response:
        """Answer with a page for this person alone, which no cache may keep."""
        body = self.write(page, self.person(request))
        return Response(body, status=status, media_type=HTML, headers=(NOT_KEPT, *SAFE))

    async def keep(
        self, request: Request, key: Hashable, make: Callable[[], Awaitable[Representation]]
    ) -> Response:
        """Answer with a file that is the same for all; `key` names everything it depends on, but time."""
        return (await self._things.get(key, make)).answer(request)

    def person(self, request: Request) -> Person:
        """Identify the reader of a page."""
        return person_of(request, self._sessions)

    def write(self, page: PageDraft, person: Person, choices: Choices | None = None) -> bytes:
        """Fill a page's template in for its reader."""
        path = page.frame.path
        canonical = None if path is None else self.url + path
        tags = None if path is None else tags_of(page.frame.share, path=path, site=self.url)
        template = _environment().get_template(page.template)
        return template.render(
            frame=page.frame,
            canonical=canonical,
            tags=tags,
            view=page.view,
            person=person,
            choices=choices or {},
        ).encode()


def _represent(body: bytes, headers: Headers) -> Representation:
    return Representation(
        body,
        media_type=HTML,
        headers=(*headers, VARIES_BY_PERSON, *SAFE),
    )


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
    environment.globals["asset"] = assets.asset_address  # pyright: ignore[reportArgumentType]
    return environment
