"""XML documents, whole and escaped, kept for a moment like pages."""

from collections.abc import Awaitable, Callable
from typing import Final
from xml.etree.ElementTree import Element, tostring

from service.http.headers import OPEN_FILE
from service.http.request import Request
from service.http.response import Response
from service.pages.rendering.publishing import Pages
from service.pages.rendering.representations import Representation
from service.pages.sharing.site import site_of

CACHED: Final = (b"cache-control", b"public, max-age=60")

_NOT_IN_XML: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
"""Characters that no XML document may hold, not even escaped (XML 1.0, section 2.2)."""


async def show_document(
    request: Request,
    pages: Pages,
    name: str,
    make: Callable[[str], Awaitable[Element]],
    *,
    media_type: bytes,
) -> Response:
    """Answer with a document; it is made for the site's address, which all of its links begin with."""
    site = site_of(request, pages)

    async def publish() -> Representation:
        body: bytes = tostring(await make(site), encoding="utf-8", xml_declaration=True)
        return Representation(body, media_type=media_type, headers=(CACHED, *OPEN_FILE))

    return await pages.keep(request, (name, site), publish)


def part(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Add an element; characters that XML forbids are left out of its text."""
    added = Element(name, attributes)
    added.text = text and text.translate(_NOT_IN_XML)
    parent.append(added)
    return added
