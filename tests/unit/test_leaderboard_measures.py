"""A measure of leaderboards is one record: a new one is read, offered and shown everywhere."""

from typing import cast

import pytest
from msgspec.structs import replace

from events.log.connection import Pool
from projections.leaderboards.board import Leaderboard
from projections.ratings.past import PastRatings
from projections.rules.tallies import Tally
from service.cli.drawing.leaderboard import DrawnLeaderboard as Drawn
from service.cli.drawing.leaderboard import draw_leaderboard
from service.cli.show.leaderboard import choice_of_measures
from service.pages.leaderboard.query import LeaderboardPageQuery
from service.pages.leaderboard.view import leaderboard_view
from service.reads.leaderboards import ranked_tools, read_board
from service.reads.measures import COMMUNITY, MEASURES, Measure
from service.views.boards import shown_board
from tests.support.terminal import shown
from tests.unit.test_terminal_boards import crowd_board

BOARD = crowd_board(["Hammer", "Nail"], [Tally(ship=40, skip=3), Tally(ship=30, skip=9)])


@pytest.fixture
def praise(monkeypatch: pytest.MonkeyPatch) -> Measure:
    """Add a fourth measure."""

    async def read(*_: object, **__: object) -> Leaderboard:
        return BOARD

    added = replace(COMMUNITY, name="praise", read=read, unit="word", tab="Praise", ranked="by praise")
    monkeypatch.setitem(cast("dict[str, Measure]", MEASURES), added.name, added)
    return added


@pytest.fixture
def query(praise: Measure) -> LeaderboardPageQuery:
    """Ask for all tools by the fourth measure."""
    return LeaderboardPageQuery(category="all", measure=praise, context="overall", as_of=None, page=1)


async def test_a_new_measure_is_read_and_named_in_the_document(query: LeaderboardPageQuery) -> None:
    board = await read_board(cast("Pool", None), query.ranking, past=PastRatings(), moment=None)
    document = ranked_tools(board, query.ranking, limit=1)
    assert (document.by, [row.name for row in document.items]) == ("praise", ["Hammer"])


def test_a_new_measure_has_a_tab_and_its_words_on_the_page(query: LeaderboardPageQuery) -> None:
    view = leaderboard_view(query, shown_board(BOARD, query.measure, query.rows), [], [])
    assert [(tab.text, tab.href) for tab in view.tabs if tab.current] == [
        ("Praise", "/leaderboards/all?by=praise")
    ]
    assert (view.ranked_by, view.rows[0].votes) == ("by praise", "43 words")


def test_a_new_measure_can_be_chosen_and_drawn_in_the_terminal(praise: Measure) -> None:
    assert choice_of_measures().choices == ("community", "panel", "matchups", "praise")
    board = shown_board(BOARD, praise, slice(9))
    drawn = Drawn(category="all", measure=praise, context=None, moment=None, board=board)
    assert "Ranked by praise." in shown(draw_leaderboard(drawn), 80)
