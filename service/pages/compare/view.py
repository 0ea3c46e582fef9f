"""The view of a comparison's page."""

from collections.abc import Sequence

from msgspec import Struct

from events.facts import OVERALL
from projections.catalogue.queries import Tool
from projections.comparison.compare import TOOLS_MIN
from service.pages.compare.query import ComparisonQuery
from service.pages.compare.sides import SideView, known_facts, side_views
from service.pages.voting.forms import VoteBlock, votes_between
from service.reads.comparisons import Compared
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


class SelectOption(Struct, frozen=True):
    """An entry of a list to choose from."""

    value: str
    text: str


class CompareView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        action: The address of forms; `others` are the tools beyond the first two, which they send along.
        position: The numbers count every event up to here.
        fitted: The ratings count every event up to here.
        z: The normal quantile of the intervals.
        category: None if the tools are of different categories.
        as_of: The contents of the date picker.
        several: Whether there are more than two tools.
        unmet: The pairs without any preference, in words.
        moment: The moment that the page shows, in words; None for now.
        addable: Tools that may be added.
        votes: Forms to vote with; empty for a moment of the past.
        data: The address of the same comparison as JSON.
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
    contexts: list[SelectOption]
    as_of: str
    moment: str | None
    corrected: bool
    now: str
    addable: list[SelectOption]
    votes: list[VoteBlock]
    data: str


def compare_view(query: ComparisonQuery, found: Compared, addable: Sequence[Tool]) -> CompareView:
    """Show a comparison; `addable` are tools to compare with as well."""
    as_of = query.as_of
    sides = side_views(found.tools, query)
    categories = {tool.category for tool in found.tools}
    [category] = categories if len(categories) == 1 else [None]
    met = {context for contexts in found.matchups.values() for context in contexts}
    contexts = sorted({*met, query.context} - {OVERALL})
    return CompareView(
        action=addresses.comparison(*query.tools[:2]),
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
        others=",".join(query.tools[2:]),
        context=query.context,
        contexts=[
            SelectOption(OVERALL, "All together"),
            *(SelectOption(context, context_title(context)) for context in contexts),
        ]
        if contexts
        else [],
        as_of=as_of.written if as_of else "",
        moment=moments.shown(as_of.moment) if as_of else None,
        corrected=as_of is not None and as_of.moment.corrected,
        now=query.address(as_of=None, corrected=None),
        addable=[SelectOption(tool.slug, tool.name) for tool in addable],
        votes=_votes(query, found) if as_of is None else [],
        data="/v1/compare"
        + addresses.query_string(
            {
                "tools": ",".join(query.tools),
                "context": None if query.context == OVERALL else query.context,
                **_data_moment(query),
            }
        ),
    )


def _votes(query: ComparisonQuery, found: Compared) -> list[VoteBlock]:
    named = [(tool.slug, tool.name) for tool in found.tools]
    return votes_between(named, found.counts, context=query.context, rule=found.rule)


def _data_moment(query: ComparisonQuery) -> dict[str, str | None]:
    """Name the moment as programs do: they have no use for a day."""
    if query.as_of is None:
        return {}
    at = query.as_of.moment.at
    written = str(at) if isinstance(at, int) else at.isoformat().replace("+00:00", "Z")
    return {**moments.moment_parameters(query.as_of), "as_of": written}
