"""Previews of batches: what becomes of a ballot of which only a part is meant."""

from typing import Any

import pytest

from events.ids import Position
from events.log.commands import Appended
from events.log.connection import Pool
from projections.preview.effects import preview
from tests.support.folds import fold_all
from tests.support.logs import list_tool, open_writer
from tests.support.rulings import an_order, retract
from tests.support.votes import ship, skip


@pytest.fixture
async def ballot(database_url: str, pool: Pool) -> list[Position]:
    """The positions of a ballot of three votes: ship, skip, ship."""
    async with open_writer(database_url) as writer:
        await writer.submit([list_tool("hammer")])
        answers = await writer.submit([ship("ann"), skip("ann"), ship("ann")])
    await fold_all(pool)
    return [answer.position for answer in answers if isinstance(answer, Appended)]


async def standing(pool: Pool, **select: Any) -> tuple[int, int, int]:  # noqa: ANN401 - as JSON
    """Return votes for and against once what is selected was retracted, and how many do not count then."""
    [effect] = (await preview(pool, an_order("retract", **select))).effects
    assert (effect.before.community.ship, effect.before.community.skip) == (1, 0)
    after = effect.after
    return after.community.ship, after.community.skip, after.excluded.votes


async def test_the_vote_before_counts_again_where_only_the_last_is_meant(
    pool: Pool, ballot: list[Position]
) -> None:
    first, second, third = ballot
    assert await standing(pool, positions=[third]) == (0, 1, 1)
    assert await standing(pool, after_position=second) == (0, 1, 1)
    assert await standing(pool, after_position=first) == (1, 0, 2)


async def test_the_last_vote_goes_on_counting_where_only_those_before_are_meant(
    pool: Pool, ballot: list[Position]
) -> None:
    first, second, third = ballot
    assert await standing(pool, positions=[first]) == (1, 0, 1)
    assert await standing(pool, before_position=second) == (1, 0, 1)
    assert await standing(pool, positions=[first, second]) == (1, 0, 2)
    assert await standing(pool, before_position=third) == (1, 0, 2)


async def test_nothing_is_left_where_the_whole_ballot_is_meant(pool: Pool, ballot: list[Position]) -> None:
    assert await standing(pool, tool="hammer") == (0, 0, len(ballot))


async def test_a_vote_counts_again_since_those_behind_it_were_retracted(
    database_url: str, pool: Pool, ballot: list[Position]
) -> None:
    first, *others = ballot
    async with open_writer(database_url) as writer:
        await retract(pool, writer, others)
    await fold_all(pool)
    assert await standing(pool, positions=[first]) == (0, 0, 3)


async def test_a_vote_that_nobody_has_counted_yet_is_not_there(database_url: str, pool: Pool) -> None:
    async with open_writer(database_url) as writer:
        await writer.submit([list_tool("hammer"), ship("ann")])
        await fold_all(pool)
        await writer.submit([skip("ann")])
    assert await standing(pool, before_position=3) == (0, 0, 1)
