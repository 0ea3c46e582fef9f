"""The demo's content as orders to the log; the same ones every time."""

from collections.abc import Mapping
from importlib.resources import files
from itertools import combinations
from random import Random
from typing import Final

import msgspec
from msgspec import Struct
from slugify import slugify

from events.facts import TIE, Choice, PanelistEntry, Pricing, ToolEntry
from events.ids import SLUG_LENGTH_MAX
from service.commands.catalogue import ListTool, SeatPanelist
from service.commands.matchups import CastPreference, matchup_of
from service.commands.reviews import WriteReview
from service.commands.votes import CastVote

VOTERS: Final = 100
TURNOUT: Final = 0.6
"""Share of the simulated voters that vote on any one tool."""

MATCHUP_TURNOUT: Final = 0.3
"""Share of the simulated voters that have a preference in any one matchup."""

TIES: Final = 0.15
"""Share of the simulated preferences that prefer neither tool."""

SEED: Final = 2026


class DemoTool(Struct, frozen=True, forbid_unknown_fields=True):
    """A tool as the file describes it.

    Attributes:
        appeal: The share of simulated votes that say ship.
        strengths: By context; of two tools that are not tied one wins as often as its strength is a share of
            both (the model of Bradley and Terry, 1952).
    """

    name: str
    vendor: str
    tagline: str
    description: str
    homepage: str
    pricing: Pricing
    appeal: float
    strengths: Mapping[str, float]

    @property
    def slug(self) -> str:
        """The slug that an import of the name would give it, too."""
        return slugify(self.name, max_length=SLUG_LENGTH_MAX)


class DemoReview(Struct, frozen=True, forbid_unknown_fields=True):
    """A review as the file has it."""

    tool: str
    panelist: str
    verdict: Choice
    headline: str
    body: str


class Demo(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole demo."""

    category: str
    tools: tuple[DemoTool, ...]
    panelists: tuple[PanelistEntry, ...]
    reviews: tuple[DemoReview, ...]


def read_demo() -> Demo:
    """Read the content."""
    return msgspec.json.decode(files("service.demo").joinpath("catalogue.json").read_bytes(), type=Demo)


def tools(demo: Demo) -> list[ListTool]:
    """Order every tool to be listed."""
    return [
        ListTool(
            ToolEntry(
                slug=tool.slug,
                name=tool.name,
                vendor=tool.vendor,
                category=demo.category,
                tagline=tool.tagline,
                description=tool.description,
                homepage=tool.homepage,
                pricing=tool.pricing,
            )
        )
        for tool in demo.tools
    ]


def panelists(demo: Demo) -> list[SeatPanelist]:
    """Order every panelist to be seated."""
    return [SeatPanelist(entry) for entry in demo.panelists]


def reviews(demo: Demo) -> list[WriteReview]:
    """Order every review to be written."""
    return [
        WriteReview(
            tool=review.tool,
            panelist=review.panelist,
            verdict=review.verdict,
            headline=review.headline,
            body=review.body,
        )
        for review in demo.reviews
    ]


def simulated_votes(demo: Demo) -> list[CastVote]:
    """Order votes by made-up accounts, each marked as simulated."""
    random = Random(SEED)  # noqa: S311 - the same votes each time are what is wanted
    return [
        CastVote(
            tool=tool.slug,
            account=f"simulated-{voter:04}",
            choice="ship" if random.random() < tool.appeal else "skip",
            simulated=True,
        )
        for tool in demo.tools
        for voter in range(1, VOTERS + 1)
        if random.random() < TURNOUT
    ]


def simulated_preferences(demo: Demo) -> list[CastPreference]:
    """Order preferences by the same made-up accounts between every two tools, each marked as simulated."""
    random = Random(SEED)  # noqa: S311 - the same preferences each time are what is wanted
    return [
        CastPreference(
            matchup=matchup_of(one.slug, other.slug, context),
            account=f"simulated-{voter:04}",
            winner=_winner(random, one, other, context),
            simulated=True,
        )
        for context in demo.tools[0].strengths
        for one, other in combinations(demo.tools, 2)
        for voter in range(1, VOTERS + 1)
        if random.random() < MATCHUP_TURNOUT
    ]


def _winner(random: Random, one: DemoTool, other: DemoTool, context: str) -> str:
    if random.random() < TIES:
        return TIE
    strengths = one.strengths[context], other.strengths[context]
    return random.choices((one.slug, other.slug), strengths)[0]
