"""The share of panel and crowd that would ship each tool of a comparison."""

from msgspec import Struct

from projections.catalogue.queries import Tool
from projections.scores import Counts
from service.reads.comparisons import Compared
from service.reads.measures import Who
from service.views import addresses
from service.views.shares import ShareSummary, excluded, summarise_share


class ShareView(Struct, frozen=True):
    """The word of panel or crowd on a tool."""

    slug: str
    name: str
    href: str
    summary: ShareSummary
    excluded: str | None


class SharesView(Struct, frozen=True):
    """The word of panel or crowd on the tools, on one scale."""

    who: Who
    columns: list[ShareView]


def shares_views(found: Compared) -> list[SharesView]:
    """Show the shares of the panel, then those of the crowd."""
    counted = list(zip(found.tools, found.counts, strict=True))

    def column(who: Who, tool: Tool, counts: Counts) -> ShareView:
        summary = summarise_share(who, counts.panel if who == "panel" else counts.crowd, found.rule)
        dropped = excluded(counts) if who == "crowd" else None
        return ShareView(tool.slug, tool.name, addresses.tool(tool.slug), summary, dropped)

    return [
        SharesView("panel", [column("panel", tool, counts) for tool, counts in counted]),
        SharesView("crowd", [column("crowd", tool, counts) for tool, counts in counted]),
    ]
