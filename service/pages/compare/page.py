"""The page that compares two to five tools: which of them should you ship with?"""

from collections.abc import Sequence
from typing import Final

from litestar import get
from msgspec import Struct

from events.facts import OVERALL
from events.log.connection import Pool
from projections.catalogue.queries import Tool, read_tools
from projections.comparison.compare import TOOLS_MAX, TOOLS_MIN
from projections.comparison.numbers import join
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.compare.picture import show_comparison
from service.pages.compare.query import PICTURE, Wanted, read_wanted
from service.pages.compare.sides import SideView, known_facts, side_views
from service.pages.rendering.products import Product
from service.pages.rendering.publishing import Frame, Page, show
from service.pages.rendering.tags import Share
from service.pages.voting.votes import Vote, matchups_between, read_own, votes_between
from service.reads import as_of
from service.reads.comparisons import Compared, read_comparison
from service.server.resources import Resources
from service.views import addresses, moments, words
from service.views.comparisons.matchups import (
    PairView,
    RatingsView,
    context_title,
    pair_views,
    ratings_view,
    unmet,
)
from service.views.comparisons.reviews import LensView, lens_views
from service.views.comparisons.shares import SharesView, shares_views
from service.views.comparisons.standings import VerdictView, verdict_view
from service.views.facts import Link

OTHERS_MAX: Final = 100
"""Tools of each category that may be added from the list; all others by their address."""

MOVED: Final = 308


class Choice(Struct, frozen=True):
    """What may be chosen from a list."""

    value: str
    text: str


class CompareView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        action: Where forms lead; `others` is what else they have to say: tools beyond the first two.
        position: What the numbers are counted up to.
        fitted: What the ratings are.
        z: The quantile that their intervals are made with.
        category: None where the tools' differ.
        as_of: What the date picker holds.
        several: Whether these are more than two.
        unmet: Which of them never met, in words.
        moment: Which moment the page shows, in words; None for now.
        addable: Tools that may be added.
        votes: Forms to vote with; none in the past.
        data: The same for programs.
    """

    action: str
    position: int
    fitted: int
    z: float
    names: list[str]
    several: bool
    category: Link | None
    sides: list[SideView]
    known: list[str]
    verdict: VerdictView
    shares: list[SharesView]
    pairs: list[PairView]
    unmet: str | None
    ratings: RatingsView | None
    lenses: list[LensView]
    others: str
    context: str
    contexts: list[Choice]
    as_of: str
    moment: str | None
    corrected: bool
    now: str
    addable: list[Choice]
    votes: list[Vote]
    data: str


@get("/compare/{pair:str}", include_in_schema=False)
@direct()
async def get_compare_page(request: Request) -> Response:
    """Show tools side by side, or a picture of them, at the one address that this comparison has."""
    pair: str = request.scope["path_params"]["pair"]
    pictured = pair.endswith(PICTURE)
    asked = await read_wanted(request, pair.removesuffix(PICTURE))
    wanted = asked.wanted
    if asked.moved:
        address = wanted.picture() if pictured else wanted.address()
        return Response(
            b"", status=MOVED, media_type=b"text/plain", headers=((b"location", address.encode()),)
        )
    if wanted.as_of is not None:
        await as_of.reach_moment(request.resources.pool, wanted.as_of.moment)
    if pictured:
        return await show_comparison(request, wanted)
    own = read_own(
        request.resources.pool,
        tools=wanted.tools,
        matchups=matchups_between(wanted.tools, wanted.context),
    )
    return await show(request, wanted, lambda: _make(request.resources, wanted), own=own)


async def _make(resources: Resources, wanted: Wanted) -> Page:
    found = await read_comparison(
        resources.pool,
        wanted.tools,
        context=wanted.context,
        past=resources.past_ratings,
        moment=wanted.as_of and wanted.as_of.moment,
    )
    addable = await _addable(resources.pool, found.tools)
    view = _view(wanted, found, addable)
    shares = "; ".join(
        f"{column.name}: {shares.who} {column.summary.share}"
        for shares in view.shares
        for column in shares.columns
    )
    frame = Frame(
        title=f"{join(view.names, word='or')}?",
        description=f"{view.verdict.summary} {shares}.",
        path=wanted.among(wanted.tools).address(),
        share=_share(wanted, found),
    )
    return Page("compare.html", frame, view)


def _share(wanted: Wanted, found: Compared) -> Share:
    products = [
        Product(
            tool,
            counts.crowd,
            [review for row in found.reviews if (review := row.reviews[number])],
        )
        for number, (tool, counts) in enumerate(zip(found.tools, found.counts, strict=True))
    ]
    return Share(
        picture=wanted.among(wanted.tools).picture(),
        described=found.comparison.verdict.summary,
        products=products,
    )


def _view(wanted: Wanted, found: Compared, addable: Sequence[Tool]) -> CompareView:
    as_of = wanted.as_of
    sides = side_views(found.tools, wanted)
    categories = {tool.category for tool in found.tools}
    [category] = categories if len(categories) == 1 else [None]
    met = {context for contexts in found.matchups.values() for context in contexts}
    contexts = sorted({*met, wanted.context} - {OVERALL})
    return CompareView(
        action=addresses.compare(*wanted.tools[:2]),
        position=found.position,
        fitted=max((each.position for each in found.ratings if each), default=found.position),
        z=found.rule.z,
        names=[tool.name for tool in found.tools],
        several=len(found.tools) > TOOLS_MIN,
        category=Link(addresses.leaderboard(category), words.title(category)) if category else None,
        sides=sides,
        known=known_facts(sides),
        verdict=verdict_view(found),
        shares=shares_views(found),
        pairs=pair_views(found),
        unmet=unmet(found),
        ratings=ratings_view(found.tools, found.ratings),
        lenses=lens_views(found.reviews, found.tools),
        others=",".join(wanted.tools[2:]),
        context=wanted.context,
        contexts=[
            Choice(OVERALL, "All together"),
            *(Choice(context, context_title(context)) for context in contexts),
        ]
        if contexts
        else [],
        as_of=as_of.written if as_of else "",
        moment=moments.shown(as_of.moment) if as_of else None,
        corrected=as_of is not None and as_of.moment.corrected,
        now=wanted.address(as_of=None, corrected=None),
        addable=[Choice(tool.slug, tool.name) for tool in addable],
        votes=_votes(wanted, found) if as_of is None else [],
        data="/v1/compare"
        + addresses.query(
            {
                "tools": ",".join(wanted.tools),
                "context": None if wanted.context == OVERALL else wanted.context,
                **_data_moment(wanted),
            }
        ),
    )


def _votes(wanted: Wanted, found: Compared) -> list[Vote]:
    named = [(tool.slug, tool.name) for tool in found.tools]
    return votes_between(named, found.counts, context=wanted.context, rule=found.rule)


def _data_moment(wanted: Wanted) -> dict[str, str | None]:
    """Name the moment as programs do, to whom a day is no moment."""
    if wanted.as_of is None:
        return {}
    at = wanted.as_of.moment.at
    written = str(at) if isinstance(at, int) else at.isoformat().replace("+00:00", "Z")
    return {**moments.query(wanted.as_of), "as_of": written}


async def _addable(pool: Pool, tools: Sequence[Tool]) -> list[Tool]:
    if len(tools) >= TOOLS_MAX:
        return []
    categories = dict.fromkeys(tool.category for tool in tools)
    found = [
        tool
        for category in categories
        for tool in await read_tools(pool, after="", category=category, limit=OTHERS_MAX)
    ]
    chosen = {tool.slug for tool in tools}
    return sorted((tool for tool in found if tool.slug not in chosen), key=lambda tool: tool.name.lower())
