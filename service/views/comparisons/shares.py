"""The share of panel and crowd that would ship each tool of a comparison."""

from msgspec import Struct

from projections.catalogue.queries import Tool
from projections.rules.registry import rule_named
from projections.rules.tallies import Tally
from projections.scores import Score
from service.reads.comparisons import SideBySide
from service.reads.measures import Who
from service.views import addresses
from service.views.shares import ShareSummary, excluded, summarise


class ShareView(Struct, frozen=True):
    """What panel or crowd says of a tool."""

    slug: str
    name: str
    href: str
    summary: ShareSummary
    excluded: str | None


class SharesView(Struct, frozen=True):
    """What panel or crowd says of the tools, on one scale."""

    who: Who
    columns: list[ShareView]


def shares_views(document: SideBySide) -> list[SharesView]:
    """Show what the panel says of the tools, and what the crowd does."""
    scored = list(zip(document.tools, document.scores, strict=True))
    rule = rule_named(document.rule)

    def column(who: Who, tool: Tool, score: Score) -> ShareView:
        counted = score.panel if who == "panel" else score.community
        shown = summarise(who, Tally(ship=counted.ship, skip=counted.skip), rule)
        dropped = excluded(score.excluded) if who == "crowd" else None
        return ShareView(tool.slug, tool.name, addresses.tool(tool.slug), shown, dropped)

    return [
        SharesView("panel", [column("panel", tool, score) for tool, score in scored]),
        SharesView("crowd", [column("crowd", tool, score) for tool, score in scored]),
    ]
