"""A tool's page: its facts, its shares and reviews, their history, and tools to compare it with."""

from collections.abc import Sequence
from typing import Final

from litestar import get
from msgspec import Struct

from events.log.connection import Pool
from projections.catalogue.finding import read_named_tools
from projections.catalogue.queries import Tool, read_tool, read_tools
from projections.community.opponents import read_opponents
from projections.comparison.numbers import count
from projections.past.changes import NEWEST, Cursor, read_changes
from projections.reviews.queries import Review, read_reviews
from projections.rules.tallies import PreferenceTally, Tally
from projections.scores import read_current_score
from service.commands.refusals import UnknownToolError
from service.http import pagination, parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering import reading
from service.pages.rendering.products import Product
from service.pages.rendering.publishing import Frame, PageDraft, Pages
from service.pages.rendering.tags import LinkPreview
from service.pages.tool.history import ChangeView, HistoryView, change_view, read_history_view
from service.pages.voting.forms import AnonymousNote, VoteForm, anonymous_note, read_own, tool_form
from service.views import addresses, facts, words
from service.views.facts import Link, Price, ReviewView
from service.views.shares import ShareSummary, excluded, summarise_share

REVIEWS_MAX: Final = 100
CHANGES_MAX: Final = 12
OPPONENTS_MAX: Final = 12
PEERS_MAX: Final = 12


class MeetingView(Struct, frozen=True):
    """Another tool to compare this one with, and the preferences between them; None without votes."""

    href: str
    name: str
    result: str | None


class ToolView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        position: The shares count every event up to here.
        z: The normal quantile of the intervals.
    """

    slug: str
    position: int
    z: float
    name: str
    vendor: str
    tagline: str
    paragraphs: list[str]
    category: Link
    homepage: Link | None
    price: Price | None
    shares: list[ShareSummary]
    excluded: str | None
    anonymous: AnonymousNote | None
    ballot: VoteForm
    history: HistoryView | None
    reviews: list[ReviewView]
    changes: list[ChangeView]
    older: str | None
    meetings: list[MeetingView]


@get("/tools/{slug:str}", include_in_schema=False)
@direct()
async def get_tool_page(request: Request, *, pool: Pool, pages: Pages) -> Response:
    """Show a tool; `cursor` goes further back in its changes."""
    slug = reading.page_slug(request)
    before = pagination.split_cursor(parameters.known_query(request, "cursor"))
    return await pages.show(
        request,
        ("tool", slug, before),
        lambda: _make(pool, slug, before or NEWEST),
        own=read_own(pool, tools=[slug]),
    )


async def _make(pool: Pool, slug: str, before: Cursor) -> PageDraft:
    tool = await read_tool(pool, slug)
    reading = await read_current_score(pool, slug)
    if tool is None or reading.score is None:
        raise UnknownToolError(slug)
    changes = await read_changes(pool, slug, before=before, limit=CHANGES_MAX)
    rule, counts = reading.rule, reading.counts
    reviews = await read_reviews(pool, slug, after="", limit=REVIEWS_MAX)
    shares = [summarise_share("panel", counts.panel, rule), summarise_share("crowd", counts.crowd, rule)]
    view = ToolView(
        slug=slug,
        position=reading.position,
        z=rule.z,
        name=tool.name,
        vendor=tool.vendor,
        tagline=tool.tagline,
        paragraphs=facts.paragraphs(tool.description),
        category=Link(addresses.leaderboard(tool.category), words.title(tool.category)),
        homepage=facts.homepage(tool),
        price=facts.price(tool),
        shares=shares,
        excluded=excluded(counts),
        anonymous=anonymous_note(counts, rule),
        ballot=tool_form(slug, tool.name, rule=rule),
        history=await read_history_view(pool, slug, tool.name),
        reviews=[facts.review(each) for each in reviews],
        changes=[change_view(change) for change in changes.changes],
        older=_older(slug, changes.next),
        meetings=await _meetings(pool, tool),
    )
    return PageDraft("tool.html", _frame(tool, shares, counts.crowd, reviews), view)


def _frame(tool: Tool, shares: Sequence[ShareSummary], crowd: Tally, reviews: Sequence[Review]) -> Frame:
    said = "; ".join(f"{each.who}: {each.share} ({each.counted})" for each in shares)
    return Frame(
        title=f"{tool.name}: what panel and crowd say",
        description=f"{tool.name} — {said}.",
        path=addresses.tool(tool.slug),
        share=LinkPreview(
            picture=f"{addresses.tool(tool.slug)}/picture.png",
            described=f"{tool.name}: {said}",
            products=[Product(tool, crowd, reviews)],
        ),
    )


async def _meetings(pool: Pool, tool: Tool) -> list[MeetingView]:
    """Name the tools that this one has met in matchups, then others of its category."""
    met = await read_opponents(pool, tool.slug, limit=OPPONENTS_MAX)
    listed = await read_named_tools(pool, met)
    found = [
        MeetingView(addresses.comparison(tool.slug, slug), listed[slug].name, _result(seen))
        for slug, seen in met.items()
        if slug in listed
    ]
    # One for the tool itself, and one for each that is there already.
    limit = PEERS_MAX + len(met) + 1
    peers = await read_tools(pool, after="", category=tool.category, limit=limit)
    others = [peer for peer in peers if peer.slug not in {tool.slug, *met}]
    found += [MeetingView(addresses.comparison(tool.slug, peer.slug), peer.name, None) for peer in others]
    return found[: max(PEERS_MAX, len(met))]


def _result(seen: PreferenceTally) -> str:
    ties = f", {count(seen.ties, 'tie')}" if seen.ties else ""
    return f"{seen.wins:,} to {seen.losses:,}{ties}"


def _older(slug: str, following: Cursor | None) -> str | None:
    if following is None:
        return None
    cursor = pagination.encode_cursor(f"{following[0]}/{following[1]}")
    return f"{addresses.tool(slug)}{addresses.query_string({'cursor': cursor})}#changes"
