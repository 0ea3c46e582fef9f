"""The tags in a page's head, for link previews and search engines."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from service.pages.rendering.products import Product, linked_data

SITE_PICTURE: Final = "/picture.png"


class LinkPreview(Struct, frozen=True, kw_only=True):
    """The content that a page shares beside its title.

    Attributes:
        picture: The address of its own picture; `described` says what is on it.
        products: The tools that the page is about.
    """

    picture: str = SITE_PICTURE
    described: str = "Ostraka: which should you ship with?"
    products: Sequence[Product] = ()


class Tags(Struct, frozen=True):
    """The same as it is written; `url` and `picture` are whole where the site's address is known."""

    url: str
    picture: str
    described: str
    linked_data: Markup | None


PLAIN: Final = LinkPreview()


def tags_of(share: LinkPreview, *, path: str, site: str) -> Tags:
    """Write what a page shares; `site` is "" where its address is not known."""
    data = linked_data(share.products, site) if share.products else None
    return Tags(site + path, site + share.picture, share.described, data)
