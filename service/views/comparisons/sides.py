"""The tools of a comparison side by side: what each is, what it costs, and what panel and crowd say of it."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from projections.catalogue.queries import Tool
from projections.comparison.compare import TOOLS_MIN
from projections.comparison.pairing import ReviewRow
from projections.rules.registry import rule_named
from projections.rules.tallies import Tally
from projections.scores import Score
from service.pages import words
from service.pages.compare.query import Wanted
from service.reads.comparisons import SideBySide
from service.views import addresses, facts
from service.views.facts import Link, Price, ReviewView
from service.views.measures import Measure, Who, excluded, measure

FACTS: Final = ("tagline", "price", "vendor", "homepage", "paragraphs")
"""What may be known of a tool, or not."""


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


class ShareView(Struct, frozen=True):
    """What panel or crowd says of a tool."""

    slug: str
    name: str
    href: str
    measure: Measure
    excluded: str | None


class SharesView(Struct, frozen=True):
    """What panel or crowd says of the tools, on one scale."""

    who: Who
    columns: list[ShareView]


class ReviewCell(Struct, frozen=True):
    """A tool's review in a row; None where nobody gave one."""

    name: str
    review: ReviewView | None


class LensView(Struct, frozen=True):
    """Reviews of one lens, in rows."""

    title: str
    rows: list[list[ReviewCell]]


def side_views(tools: Sequence[Tool], wanted: Wanted) -> list[SideView]:
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
            without=wanted.without(tool.slug).address() if len(tools) > TOOLS_MIN else None,
        )
        for tool in tools
    ]


def known_facts(sides: Sequence[SideView]) -> list[str]:
    """Name the facts that are known of any tool."""
    return [fact for fact in FACTS if any(getattr(side, fact) for side in sides)]


def shares_views(document: SideBySide) -> list[SharesView]:
    """Show what the panel says of the tools, and what the crowd does."""
    scored = list(zip(document.tools, document.scores, strict=True))
    rule = rule_named(document.rule)

    def column(who: Who, tool: Tool, score: Score) -> ShareView:
        counted = score.panel if who == "panel" else score.community
        shown = measure(who, Tally(ship=counted.ship, skip=counted.skip), rule)
        dropped = excluded(score.excluded) if who == "crowd" else None
        return ShareView(tool.slug, tool.name, addresses.tool(tool.slug), shown, dropped)

    return [
        SharesView("panel", [column("panel", tool, score) for tool, score in scored]),
        SharesView("crowd", [column("crowd", tool, score) for tool, score in scored]),
    ]


def lens_views(rows: Sequence[ReviewRow], tools: Sequence[Tool]) -> list[LensView]:
    """Show the reviews in rows, lens by lens."""
    found: dict[str, LensView] = {}
    for row in rows:
        lens = found.setdefault(row.lens, LensView(words.title(row.lens), []))
        lens.rows.append(
            [
                ReviewCell(tool.name, review and facts.review(review))
                for tool, review in zip(tools, row.reviews, strict=True)
            ]
        )
    return list(found.values())
