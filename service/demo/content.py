"""Makes the commands that write the demo to the log. They are the same every time."""

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
"""Share of the simulated voters who vote on each tool."""

MATCHUP_TURNOUT: Final = 0.3
"""Share of the simulated voters who have a preference in each matchup."""

TIES: Final = 0.15
"""Share of the simulated preferences that are ties."""

SEED: Final = 2026


class DemoTool(Struct, frozen=True, forbid_unknown_fields=True):
    """A tool as the file describes it.

    Attributes:
        appeal: The share of simulated votes that say ship.
        strengths: By context. Without a tie, a tool wins with a chance of its strength divided by the sum of
            both strengths (the model of Bradley and Terry, 1952).
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
        """The slug that an import would give to this name."""
        return slugify(self.name, max_length=SLUG_LENGTH_MAX)


class DemoReview(Struct, frozen=True, forbid_unknown_fields=True):
    """A review as the file describes it."""

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
    """Read catalogue.json."""
    return msgspec.json.decode(files("service.demo").joinpath("catalogue.json").read_bytes(), type=Demo)


def list_tools(demo: Demo) -> list[ListTool]:
    """Make a command that lists each tool."""
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


def seat_panelists(demo: Demo) -> list[SeatPanelist]:
    """Make a command that seats each panelist."""
    return [SeatPanelist(entry) for entry in demo.panelists]


def write_reviews(demo: Demo) -> list[WriteReview]:
    """Make a command that writes each review."""
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


def simulate_votes(demo: Demo) -> list[CastVote]:
    """Make commands that cast votes of made-up accounts, each marked as simulated."""
    random = Random(SEED)  # noqa: S311 - the votes must be the same each time
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


def simulate_preferences(demo: Demo) -> list[CastPreference]:
    """Make commands that cast preferences of the same accounts between all tools, marked as simulated."""
    random = Random(SEED)  # noqa: S311 - the preferences must be the same each time
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
