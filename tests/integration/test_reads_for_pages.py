"""Reads that only the pages need: categories, search, news, opponents."""

from itertools import product

import pytest
from msgspec.structs import replace

from events.facts import PanelistEntry
from events.log.commands import Command
from events.log.connection import Pool
from projections.catalogue.finding import Category, read_categories, read_named_tools, search_tools
from projections.community.opponents import read_opponents
from projections.leaderboards.shares import read_share_board, read_share_boards
from projections.reviews.latest import read_latest_verdicts
from projections.rules.tallies import PreferenceTally, Tally
from service.commands.catalogue import DelistTool, ListTool, SeatPanelist
from service.commands.matchups import CastPreference, matchup_of
from service.commands.reviews import WriteReview
from service.commands.votes import CastVote
from tests.support.folds import fold_all
from tests.support.logs import list_tool, open_writer, write

PANELISTS = ("dana", "lee")


async def say(database_url: str, pool: Pool, *commands: Command) -> None:
    """Write commands and fold them."""
    async with open_writer(database_url) as writer:
        await write(writer, *commands)
    await fold_all(pool)


def described(slug: str, **fields: str) -> ListTool:
    return ListTool(replace(list_tool(slug).entry, **fields))


def review(tool: str, panelist: str, headline: str = "Fine") -> WriteReview:
    return WriteReview(tool=tool, panelist=panelist, verdict="ship", headline=headline, body="It works.")


def prefer(winner: str, loser: str, voter: str, context: str = "overall", *, tie: bool = False) -> Command:
    return CastPreference(
        matchup=matchup_of(winner, loser, context), account=voter, winner="tie" if tie else winner
    )


async def test_categories_count_the_tools_that_are_listed(database_url: str, pool: Pool) -> None:
    await say(
        database_url,
        pool,
        list_tool("saw", category="hand-tools"),
        list_tool("axe", category="hand-tools"),
        list_tool("gone", category="hand-tools"),
        list_tool("lone", category="a-former-category"),
        list_tool("phi"),
        DelistTool("gone"),
        DelistTool("lone"),
    )
    assert await read_categories(pool) == [Category("hand-tools", 2), Category("language-models", 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mini", ["mini", "gpt-5-mini", "odd"]),
        ("MINI", ["mini", "gpt-5-mini", "odd"]),
        ("openai mini", ["gpt-5-mini"]),
        ("gpt-5", ["gpt-5-mini"]),
        ("100%", ["odd"]),
        ("_", []),
        ("gone", []),
        ("nothing at all", []),
        ("  ", []),
    ],
)
async def test_a_search_finds_every_word_wherever_it_stands(
    database_url: str, pool: Pool, text: str, found: list[str]
) -> None:
    await say(
        database_url,
        pool,
        described("gpt-5-mini", name="GPT-5 Mini", vendor="OpenAI"),
        described("mini", name="Mini", vendor="Acme"),
        described("odd", name="Odd", tagline="Minimal and 100% odd"),
        described("gone", name="Gone"),
        DelistTool("gone"),
    )
    assert [tool.slug for tool in await search_tools(pool, text, limit=10)] == found


async def test_a_search_stops_at_its_limit(database_url: str, pool: Pool) -> None:
    await say(database_url, pool, *(list_tool(f"tool-{number}") for number in range(9)))
    assert [tool.slug for tool in await search_tools(pool, "tool", limit=2)] == ["tool-0", "tool-1"]


async def test_tools_are_read_by_slug_unless_they_are_not_listed(database_url: str, pool: Pool) -> None:
    await say(database_url, pool, list_tool("saw"), list_tool("gone"), DelistTool("gone"))
    named = await read_named_tools(pool, ["saw", "gone", "never-listed"])
    assert {slug: tool.name for slug, tool in named.items()} == {"saw": "Saw"}


async def test_the_latest_verdicts_come_newest_first(database_url: str, pool: Pool) -> None:
    await say(
        database_url,
        pool,
        *(
            SeatPanelist(PanelistEntry(slug=slug, name=slug.title(), lens="builder", bio=""))
            for slug in PANELISTS
        ),
        list_tool("saw"),
        list_tool("axe"),
        list_tool("gone"),
        *(review(tool, panelist) for tool, panelist in product(("saw", "axe", "gone"), PANELISTS)),
        review("saw", "dana", "Better than I thought"),
        DelistTool("gone"),
    )
    verdicts = await read_latest_verdicts(pool, limit=3)
    assert [(verdict.tool, verdict.panelist_name) for verdict in verdicts] == [
        ("saw", "Dana"),
        ("axe", "Lee"),
        ("axe", "Dana"),
    ]
    assert (verdicts[0].headline, verdicts[0].tool_name) == ("Better than I thought", "Saw")


async def test_a_tools_opponents_are_counted_over_all_contexts_from_its_side(
    database_url: str, pool: Pool
) -> None:
    await say(
        database_url,
        pool,
        *(list_tool(slug) for slug in ("adze", "maul", "saw")),
        prefer("maul", "adze", "one"),
        prefer("maul", "adze", "one", "framing"),
        prefer("adze", "maul", "two"),
        prefer("saw", "maul", "one"),
        prefer("saw", "maul", "two", tie=True),
        prefer("saw", "adze", "one"),
    )
    assert list((await read_opponents(pool, "maul", limit=9)).items()) == [
        ("adze", PreferenceTally(wins=2, losses=1, ties=0)),
        ("saw", PreferenceTally(wins=0, losses=1, ties=1)),
    ]
    assert list(await read_opponents(pool, "maul", limit=1)) == ["adze"]


async def test_all_boards_at_once_are_each_categorys_own(database_url: str, pool: Pool) -> None:
    categories = {"saw": "hand-tools", "axe": "hand-tools", "phi": "language-models", "unvoted": "others"}
    await say(
        database_url,
        pool,
        *(list_tool(slug, category=category) for slug, category in categories.items()),
        *(CastVote(tool="saw", account=f"voter-{number}", choice="ship") for number in range(9)),
        *(CastVote(tool="axe", account=f"voter-{number}", choice="skip") for number in range(9)),
        *(CastVote(tool="phi", account=f"voter-{number}", choice="ship") for number in range(6)),
    )
    boards = await read_share_boards(pool, by="community")
    assert set(boards) == set(categories.values())
    for category, board in boards.items():
        assert board == await read_share_board(pool, category, by="community")
    assert [(row.tool, row.rank) for row in boards["hand-tools"].rows] == [("saw", "1"), ("axe", "2")]
    assert boards["hand-tools"].tallies == {"saw": Tally(ship=9), "axe": Tally(skip=9)}
