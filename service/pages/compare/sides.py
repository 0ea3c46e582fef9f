"""The facts of each tool of a comparison, and a link to the comparison without it."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from projections.catalogue.queries import Tool
from projections.comparison.compare import TOOLS_MIN
from service.pages.compare.query import ComparisonQuery
from service.views import addresses, facts, words
from service.views.facts import Link, Price

FACTS: Final = ("tagline", "price", "vendor", "homepage", "paragraphs")
"""The facts that may be known of a tool."""


class SideView(Struct, frozen=True, kw_only=True):
    """A tool.

    Attributes:
        without: The comparison without it; None if too few tools would be left.
    """

    slug: str
    name: str
    href: str
    tagline: str
    vendor: str
    category: Link
    price: Price | None
    paragraphs: list[str]
    homepage: Link | None
    without: str | None


def side_views(tools: Sequence[Tool], query: ComparisonQuery) -> list[SideView]:
    """Show what the tools are."""
    return [
        SideView(
            slug=tool.slug,
            name=tool.name,
            href=addresses.tool(tool.slug),
            tagline=tool.tagline,
            vendor=tool.vendor,
            category=Link(addresses.leaderboard(tool.category), words.title(tool.category)),
            price=facts.price(tool),
            paragraphs=facts.paragraphs(tool.description),
            homepage=facts.homepage(tool),
            without=query.without(tool.slug).address() if len(tools) > TOOLS_MIN else None,
        )
        for tool in tools
    ]


def known_facts(sides: Sequence[SideView]) -> list[str]:
    """Name the facts that are known of any tool."""
    return [fact for fact in FACTS if any(getattr(side, fact) for side in sides)]
