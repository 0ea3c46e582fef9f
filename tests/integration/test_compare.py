"""Comparisons read while the log grows: each of one state, and by the rule of its position."""

import asyncio
from collections.abc import Sequence

from events.ids import Position
from events.log.commands import Command
from events.log.connection import Pool
from events.log.writer import Writer
from projections.comparison.reading import compare_sides, read_sides
from projections.ratings.past import PastRatings
from service.commands.matchups import CastPreference, matchup_of
from service.commands.rules import AdoptRule
from service.reads.comparisons import SideBySide, compared, side_by_side, without_positions
from tests.support.folds import fold_all
from tests.support.logs import list_tool, open_writer, write
from tests.support.votes import ship, skip

TOOLS = ("hammer", "nail")
ROUNDS = 12


async def read(pool: Pool, at: int | None = None) -> SideBySide:
    """Read the document, without ratings: now they stand at the last fit."""
    place = None if at is None else Position(at)
    sides = await read_sides(pool, TOOLS, past=PastRatings(), at=place)
    document = side_by_side(compared(sides, await compare_sides(sides)))
    document.ratings.clear()
    return document


def a_round(number: int) -> Sequence[Command]:
    """Let two voters vote on both tools, and prefer one."""
    pair = matchup_of(*TOOLS)
    return [
        ship(f"ann-{number}", "hammer"),
        skip(f"ann-{number}", "nail"),
        CastPreference(matchup=pair, account=f"ann-{number}", winner="hammer"),
        ship(f"bob-{number}", "nail"),
        CastPreference(matchup=pair, account=f"bob-{number}", winner="tie"),
        list_tool("hammer", name=f"Hammer {number}"),
    ]


async def grow(pool: Pool, writer: Writer) -> None:
    """Write and fold, round after round."""
    for number in range(ROUNDS):
        await write(writer, *a_round(number))
        await fold_all(pool)


async def test_what_is_read_while_votes_come_in_is_what_stood_at_its_position(
    pool: Pool, database_url: str
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, *[list_tool(slug) for slug in TOOLS])
        await fold_all(pool)
        growing = asyncio.create_task(grow(pool, writer))
        found = [await read(pool)]
        while not growing.done():
            found.append(await read(pool))
        await growing
    found.append(await read(pool))
    assert found[-1].position == len(TOOLS) + ROUNDS * len(a_round(0))
    for document in found:
        assert document == await read(pool, document.position)
        # A round is written and folded as a whole, so no part of a document may be ahead of another.
        [hammer, nail], [matchup] = document.scores, document.matchups
        rounds = hammer.community.votes
        assert (matchup.left_wins, matchup.votes, nail.community.votes) == (rounds, 2 * rounds, 2 * rounds)
        assert document.tools[0].name == (f"Hammer {rounds - 1}" if rounds else "Hammer")


async def test_a_comparison_is_made_by_the_rule_of_its_position(pool: Pool, database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, *[list_tool(slug) for slug in TOOLS])
        await write(writer, *[order for number in range(9) for order in a_round(number)])
        await fold_all(pool)
        before = await read(pool)
        await write(writer, AdoptRule(rule="2026-12", order="an order"))
        await fold_all(pool)
    after = await read(pool)
    assert (before.rule, after.rule) == ("2026-11", "2026-12")
    assert {score.rule for score in after.scores} == {"2026-12"}
    # Nine votes to none: a lead takes 5 votes by the one rule, 20 by the other.
    assert (before.head_to_head.leader, after.head_to_head.leader) == ("hammer", None)
    assert "where a lead takes 20" in after.head_to_head.reason
    assert await read(pool, before.position) == before
    assert without_positions(before) != without_positions(after)
