"""Tools as schema.org has them, for search engines: a Product, its Reviews and its AggregateRating."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from markupsafe import Markup
from msgspec import Struct

from projections.catalogue.queries import Tool
from projections.reviews.queries import Review
from projections.rules.tallies import Tally
from service.views import addresses

CONTEXT: Final = "https://schema.org"
REVIEWS_MAX: Final = 10
"""Of each tool; all of them are on its page as text."""

DIGITS: Final = 2

_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""Escaped in JSON strings, so that no name can end the script element around it."""


class Product(Struct, frozen=True):
    """A tool, and what crowd and panel say of it."""

    tool: Tool
    crowd: Tally
    reviews: Sequence[Review]


def linked_data(products: Sequence[Product], site: str) -> Markup:
    """Write products as JSON-LD, safe inside a script element."""
    described = [_product(product, site) for product in products]
    written = msgspec.json.encode({"@context": CONTEXT, "@graph": described}).decode()
    for character, escaped in _ESCAPED.items():
        written = written.replace(character, escaped)
    return Markup(written)  # noqa: S704 - nothing in it can be taken for markup


def _product(product: Product, site: str) -> Mapping[str, Any]:
    tool, crowd = product.tool, product.crowd
    url = site + addresses.tool(tool.slug)
    described: dict[str, Any] = {"@type": "Product", "@id": url, "url": url, "name": tool.name}
    if text := tool.tagline or tool.description:
        described["description"] = text
    if tool.vendor:
        described["brand"] = {"@type": "Brand", "name": tool.vendor}
    if crowd.share is not None:
        # Of a hundred voters, how many would ship it.
        described["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(100 * crowd.share, DIGITS),
            "worstRating": 0,
            "bestRating": 100,
            "ratingCount": crowd.votes,
        }
    if product.reviews:
        described["review"] = [_review(review) for review in product.reviews[:REVIEWS_MAX]]
    return described


def _review(review: Review) -> Mapping[str, Any]:
    return {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.name},
        "datePublished": review.recorded_at.date().isoformat(),
        "name": review.headline,
        "reviewBody": review.body,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": int(review.verdict == "ship"),
            "worstRating": 0,
            "bestRating": 1,
        },
    }
