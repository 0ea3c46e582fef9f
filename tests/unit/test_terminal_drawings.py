"""What `ostraka show` draws: it fits the width, whatever tools are called and however many voted."""

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import combinations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from events.facts import OVERALL
from events.ids import Position
from projections.catalogue.queries import Tool
from projections.comparison.compare import compare
from projections.comparison.reading import Rated, Sides
from projections.comparison.shapes import Contender, Matchup
from projections.leaderboards.board import Leaderboard, Row
from projections.leaderboards.shares import ShareBoard
from projections.past.matchups import Preferences
from projections.ratings.rating import Rating
from projections.reviews.queries import Review
from projections.rules.registry import FIRST
from projections.rules.tallies import Tally
from projections.scores import Counts
from service.cli.draw_comparison import draw_comparison
from service.cli.draw_leaderboard import Leaderboard as Drawn
from service.cli.draw_leaderboard import draw_leaderboard
from service.cli.drawing import draw_versus, draw_whisker
from service.cli.layout import WIDTH_MAX, render
from service.comparisons import SideBySide, side_by_side
from service.pages.board_rows import shown_board
from service.pages.charts.scale import Scale
from service.pages.charts.versus import Versus
from service.pages.charts.whisker import Whisker
from service.routes.compare_examples import SIDE_BY_SIDE

WIDTHS = (60, 80, 120, 200)
AT = Position(7)
EXAMPLE = msgspec.convert(SIDE_BY_SIDE, SideBySide)

texts = (
    st.text(max_size=40) | st.text("漢字かな한글 😀é", max_size=40) | st.text("aW-", min_size=60, max_size=80)
)
tallies = st.builds(Tally, ship=st.integers(0, 10**7), skip=st.integers(0, 10**7))
few = st.builds(Counts, panel_ship=st.integers(0, 3), ship=st.integers(0, 9), skip=st.integers(0, 9))


def shown(parts: Iterable[RenderableType], width: int, encoding: str = "utf-8") -> str:
    """Return what a file gets that is so many characters wide."""
    return render(parts, Console(file=io.StringIO(), width=width), encoding=encoding)


def part(text: str, title: str) -> list[str]:
    """Return the lines below a title, up to the next blank one."""
    lines = text.splitlines()
    begin = lines.index(title) + 1
    return lines[begin : lines.index("", begin)]


@pytest.mark.parametrize(
    ("whisker", "drawn"),
    [
        (Whisker(low=0.2, high=0.6, estimate=0.4, title=""), "    ├───●─┼─┤        "),
        (Whisker(low=0.6, high=0.9, estimate=0.8, title=""), "          ┊ ├───●─┤  "),
        (Whisker(low=0.5, high=0.5, estimate=0.5, title=""), "          ●          "),
        (Whisker(low=0.0, high=1.0, estimate=1.0, title=""), "├─────────┼─────────●"),
        (Whisker(span=False, title=""), "          ┊          "),
        (Whisker(low=950, scale=Scale(900, 1_100), middle=1_000, title=""), "     ├╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌"),
    ],
)
def test_a_whisker_reaches_from_bound_to_bound(whisker: Whisker, drawn: str) -> None:
    assert draw_whisker(whisker, 21) == drawn


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [((5, 2, 3), "█████▒▒░░░"), ((1, 0, 999), "█░░░░░░░░░"), ((0, 4, 0), "▒" * 10), ((0, 0, 0), "╌" * 10)],
)
def test_a_bar_has_a_cell_for_whoever_has_a_vote(counts: tuple[int, int, int], drawn: str) -> None:
    left, ties, right = counts
    assert "".join(draw_versus(Versus(left=left, ties=ties, right=right, title=""), 10)) == drawn


def test_a_comparison_holds_what_its_page_holds() -> None:
    text = shown(draw_comparison(EXAMPLE, moment=None), 80)
    assert text.startswith("GPT-5 Mini API or Phi-4: which should you ship with?\n\nFacts and price\n")
    assert part(text, "The crowd would ship") == [
        "                          0 %              50 %             100 %",
        "GPT-5 Mini API                               ┊         ├●┤         80 %  77–82 %",  # noqa: RUF001
        "● Ship                    812 of 1,016 votes say ship",
        "Phi-4                                        ┊   ├─●┤              65 %  61–69 %",  # noqa: RUF001
        "● Ship                    301 of 461 votes say ship",
    ]
    assert part(text, "Head to head")[:4] == [
        "61 prefer GPT-5 Mini API · 11 neither · 38 prefer Phi-4",
        "All together: 60 % for GPT-5 Mini API",
        "█" * 44 + "▒" * 8 + "░" * 28,
        "                                        ┊├──────●─────┤",
    ]
    reviews = text[text.index("What the panel says") : text.index("The verdict")]
    assert re.search("● Ship +No review of Phi-4 beside this one[.]\nGPT-5 Mini API\nThe boring", reviews)
    verdict = text[text.index("The verdict") :].split("\n", 1)[1]
    assert " ".join(verdict.split()).startswith(
        f"{EXAMPLE.verdict.summary} Clear. It would take 4 votes or reviews fewer to change this verdict."
    )
    assert all(reason in " ".join(verdict.split()) for reason in EXAMPLE.verdict.reasons)


@pytest.mark.parametrize("width", WIDTHS)
def test_without_the_characters_others_of_the_same_width_stand_for_them(width: int) -> None:
    text, plain = (shown(draw_comparison(EXAMPLE, moment=None), width, each) for each in ("utf-8", "ascii"))
    assert plain.isascii()
    assert "?" not in plain.replace("ship with?", "")
    assert [cell_len(line) for line in text.splitlines()] == [len(line) for line in plain.splitlines()]


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_is_shown_the_same_in_colour_unless_it_wants_none(
    variables: dict[str, str], *, coloured: bool
) -> None:
    terminal = Console(
        file=io.StringIO(), width=80, force_terminal=True, color_system="standard", _environ=variables
    )
    text = render(draw_comparison(EXAMPLE, moment=None), terminal, encoding="utf-8")
    assert ("\x1b[36m" in text) is coloured
    bare = [re.sub("\x1b\\[[\\d;]*m", "", line).rstrip() for line in text.splitlines()]
    assert bare == shown(draw_comparison(EXAMPLE, moment=None), 80).splitlines()


@st.composite
def comparisons(draw: st.DrawFn) -> SideBySide:
    """Draw two to five tools with any texts, few votes, and some reviews, matchups and ratings."""
    slugs = "abcde"[: draw(st.integers(2, 5))]
    tools = [
        Tool(slug, draw(texts), "", "any", draw(texts), draw(texts), draw(texts), None, AT) for slug in slugs
    ]
    counts = [draw(few) for _ in slugs]
    votes = st.builds(Preferences, left=st.integers(0, 9), right=st.integers(0, 9), tie=st.integers(0, 9))
    found = st.dictionaries(st.just(OVERALL) | st.just("code-review"), votes)
    matchups = {pair: dict[str, Preferences](draw(found)) for pair in combinations(slugs, 2)}
    time = datetime(2026, 11, 22, tzinfo=UTC)
    reviews = [[Review("ann", "Ann", "skeptic", "skip", draw(texts), draw(texts), time, AT)] for _ in slugs]
    rating = Rating(
        strength=1.0, score=1e3, interval=(9e2, None), group=0, note=None, wins=9, losses=0, ties=1
    )
    sides = Sides(
        position=AT,
        rule=FIRST,
        context=OVERALL,
        tools=tools,
        counts=counts,
        reviews=[draw(st.sampled_from((review, []))) for review in reviews],
        matchups=matchups,
        ratings=[draw(st.none() | st.just(Rated(AT, rating))) for _ in slugs],
    )
    contenders = [
        Contender(tool=tool.slug, name=tool.name, panel=count.panel, crowd=count.crowd)
        for tool, count in zip(tools, counts, strict=True)
    ]
    seen = [
        Matchup(
            left=left,
            right=right,
            left_wins=sum(each.left for each in contexts.values()),
            right_wins=sum(each.right for each in contexts.values()),
            ties=sum(each.tie for each in contexts.values()),
        )
        for (left, right), contexts in matchups.items()
    ]
    return side_by_side(sides, compare(FIRST, contenders, seen))


@settings(deadline=None, max_examples=30)
@given(document=comparisons(), width=st.integers(60, 200), encoding=st.sampled_from(("utf-8", "ascii")))
def test_no_line_of_a_comparison_is_too_wide(document: SideBySide, width: int, encoding: str) -> None:
    lines = shown(draw_comparison(document, moment=None), width, encoding).splitlines()
    assert max(map(cell_len, lines)) <= min(width, WIDTH_MAX)
    assert not [line for line in lines if "\x1b" in line or line.endswith(" ")]


def drawn_board(board: Leaderboard, limit: int = 50) -> Iterable[RenderableType]:
    """Draw a board by the crowd or by matchups."""
    by = "community" if isinstance(board, ShareBoard) else "matchups"
    return draw_leaderboard(
        Drawn(category="all", by=by, context=None, moment=None, board=shown_board(board, by, slice(limit)))
    )


def crowd_board(names: Iterable[str], votes: Iterable[Tally]) -> ShareBoard:
    """Make a board of tools with these names and votes; who has fewer than five has no rank."""
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


@settings(deadline=None, max_examples=50)
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
