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
        picture: The address of its picture; `described` is the picture in words.
        products: The tools that the page is about.
    """

    picture: str = SITE_PICTURE
    described: str = "Ostraka: which should you ship with?"
    products: Sequence[Product] = ()


class Tags(Struct, frozen=True):
    """The tags as they are written; `url` and `picture` are absolute if the site's address is known."""

    url: str
    picture: str
    described: str
    linked_data: Markup | None


PLAIN: Final = LinkPreview()


def tags_of(share: LinkPreview, *, path: str, site: str) -> Tags:
    """Write the tags of a page; `site` is "" if the site's address is not known."""
    data = linked_data(share.products, site) if share.products else None
    return Tags(site + path, site + share.picture, share.described, data)
