"""The newest verdicts as an Atom feed (RFC 4287): one entry a review, with a new date when it is revised."""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from litestar import get

from events.log.connection import Pool
from projections.reviews.latest import LatestVerdict, read_latest_verdicts
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering.publishing import Pages
from service.pages.sharing.documents import part, show_document
from service.views import addresses, words
from service.views.shares import WORDS

ATOM: Final = "http://www.w3.org/2005/Atom"
MEDIA_TYPE: Final = b"application/atom+xml; charset=utf-8"
PATH: Final = "/feed.atom"
ENTRIES_MAX: Final = 50
YEAR: Final = "2026"
"""In which ids were first given. It is part of them, so it never changes (RFC 4151)."""

BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without entries was last updated."""


@get(PATH, include_in_schema=False)
@direct()
async def get_feed(request: Request, *, pool: Pool, pages: Pages) -> Response:
    """List the newest verdicts."""
    return await show_document(request, pages, "feed", lambda site: _feed(pool, site), media_type=MEDIA_TYPE)


async def _feed(pool: Pool, site: str) -> Element:
    verdicts = await read_latest_verdicts(pool, limit=ENTRIES_MAX)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    part(feed, "id", _id(site, "verdicts"))
    part(feed, "title", "Ostraka: new verdicts")
    part(feed, "subtitle", "What the panel would ship or skip, and in a line why")
    part(feed, "updated", _time(max((each.recorded_at for each in verdicts), default=BEGINNING)))
    part(feed, "link", rel="self", type="application/atom+xml", href=site + PATH)
    part(feed, "link", rel="alternate", type="text/html", href=site + addresses.HOME)
    for verdict in verdicts:
        _entry(feed, verdict, site)
    return feed


def _entry(feed: Element, verdict: LatestVerdict, site: str) -> None:
    said = WORDS[verdict.verdict]
    entry = part(feed, "entry")
    part(entry, "id", _id(site, f"reviews/{verdict.tool}/{verdict.panelist}"))
    part(entry, "title", f"{verdict.tool_name}: {said.lower()}, says {verdict.panelist_name}")
    part(entry, "updated", _time(verdict.recorded_at))
    part(part(entry, "author"), "name", verdict.panelist_name)
    part(entry, "link", rel="alternate", type="text/html", href=site + addresses.tool(verdict.tool))
    part(entry, "category", term=verdict.category, label=words.title(verdict.category))
    part(entry, "summary", f"{said}. {verdict.headline}", type="text")


def _id(site: str, name: str) -> str:
    return f"tag:{urlsplit(site).hostname},{YEAR}:{name}"


def _time(time: datetime) -> str:
    return words.day(time).iso
