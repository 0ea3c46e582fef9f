"""What `ostraka show leaderboard` draws."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import RenderableType

from events.ids import Position
from projections.leaderboards.board import Leaderboard, Row
from projections.leaderboards.shares import ShareBoard
from projections.rules.registry import FIRST
from projections.rules.tallies import Tally
from service.cli.drawing.layout import WIDTH_MAX
from service.cli.drawing.leaderboard import DrawnLeaderboard as Drawn
from service.cli.drawing.leaderboard import draw_leaderboard
from service.reads.measures import COMMUNITY, MATCHUPS
from service.views.boards import shown_board
from tests.support.examples import tried_with
from tests.support.terminal import WIDTHS, shown, texts

AT = Position(7)

tallies = st.builds(Tally, ship=st.integers(0, 10**7), skip=st.integers(0, 10**7))


def drawn_board(board: Leaderboard, limit: int = 50) -> Iterable[RenderableType]:
    """Draw a board by the crowd or by matchups."""
    measure = COMMUNITY if isinstance(board, ShareBoard) else MATCHUPS
    return draw_leaderboard(
        Drawn(
            category="all",
            measure=measure,
            context=None,
            moment=None,
            board=shown_board(board, measure, slice(limit)),
        )
    )


def crowd_board(names: Iterable[str], votes: Iterable[Tally]) -> ShareBoard:
    """Make a board of tools with these names and votes; a tool with fewer than five has no rank."""
    rows: list[Row] = []
    shares: dict[str, Tally] = {}
    for number, (name, tally) in enumerate(zip(names, votes, strict=True)):
        interval = FIRST.interval(tally)
        ranked, score = tally.votes >= FIRST.ranked_votes_min, interval[0] if tally.votes else None
        rows.append(
            Row(
                tool=str(number),
                name=name,
                rank=f"{number + 1}-{number + 12}" if ranked else None,
                score=score,
                interval=interval,
                votes=tally.votes,
                trend=score and score - 0.5,
            )
        )
        shares[str(number)] = tally
    return ShareBoard(AT, FIRST, rows, shares)


@tried_with(50)
@given(drawn=st.lists(st.tuples(texts, tallies), max_size=6), width=st.integers(60, 200))
def test_no_line_of_a_leaderboard_is_too_wide(drawn: list[tuple[str, Tally]], width: int) -> None:
    board = crowd_board((name for name, _ in drawn), (tally for _, tally in drawn))
    lines = shown(drawn_board(board), width).splitlines()
    assert max(map(cell_len, lines)) <= min(width, WIDTH_MAX)
    assert not [line for line in lines if "\x1b" in line or line.endswith(" ")]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_name_is_folded_and_whole(width: int) -> None:
    name = "αβγδεζηθικλμνξοπρστυφχψω" * 3
    text = shown(drawn_board(crowd_board([name], [Tally(ship=4, skip=3)])), width)
    assert "".join(letter for letter in text if letter in name) == name


def test_a_name_cannot_control_the_terminal() -> None:
    text = shown(drawn_board(crowd_board(["a\x1b[31mb\u202ec\nd"], [Tally(ship=4, skip=3)])), 80)
    assert "a [31mb c d" in text


def test_ranks_may_be_shared_and_who_has_none_comes_last_with_the_reason() -> None:
    board = crowd_board(["Hammer", "Nail", "Saw"], [Tally(ship=40, skip=3), Tally(ship=2), Tally()])
    text = shown(drawn_board(board), 80)
    assert re.search(r"^1–12  Hammer .*┊ .*├─●┤ +93 %  81–98 %   \+31[.]4$", text, re.MULTILINE)  # noqa: RUF001
    unranked = text[text.index("Not ranked") :]
    assert "With fewer than five votes a tool has no rank" in unranked
    assert unranked.endswith("\n  Nail, 2 votes\n  Saw\n")


def test_a_page_that_is_not_all_says_so() -> None:
    board = crowd_board("abc", [Tally(ship=9)] * 3)
    assert shown(drawn_board(board, limit=2), 80).endswith("\n\n1–2 of 3\n")  # noqa: RUF001


def test_a_rating_without_a_bound_goes_on_to_the_edge_and_says_why() -> None:
    rows = [
        Row(
            tool="a",
            name="A",
            rank="1",
            score=None,
            interval=(1_010.0, None),
            votes=9,
            trend=None,
            note="only wins",
        ),
        Row(tool="b", name="B", rank="2", score=990.0, interval=(980.0, 1_000.0), votes=9, trend=-0.4),
    ]
    text = shown(drawn_board(Leaderboard(AT, FIRST, rows)), 100)
    assert re.search(r"^ +1  A .*├╌+ +—  from 1,010 +new$", text, re.MULTILINE)
    assert "9 matchups; won all its matchups: no upper bound" in " ".join(text.split())
    assert re.search(r"^ +2  B .* 990 +980–1,000 +−0[.]4$", text, re.MULTILINE)  # noqa: RUF001
