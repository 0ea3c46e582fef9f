"""What `ostraka show compare` draws: it fits the width, whatever tools are called and however many voted."""

import io
import re
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from events.facts import OVERALL
from events.ids import Position
from projections.catalogue.queries import Tool
from projections.comparison.compare import compare
from projections.comparison.reading import Rated, Sides
from projections.comparison.shapes import Contender, Matchup
from projections.past.matchups import Preferences
from projections.ratings.rating import Rating
from projections.reviews.queries import Review
from projections.rules.registry import FIRST
from projections.scores import Counts
from service.cli.drawing.comparison import draw_comparison
from service.cli.drawing.layout import WIDTH_MAX, render
from service.cli.drawing.lines import draw_versus, draw_whisker
from service.reads.comparisons import Compared, compared
from service.views.charts.scale import Scale
from service.views.charts.versus import Versus
from service.views.charts.whisker import Whisker
from tests.support.comparison_example import example
from tests.support.examples import tried_with
from tests.support.terminal import WIDTHS, shown, texts

AT = Position(7)
EXAMPLE = example()
VERDICT = EXAMPLE.comparison.verdict

few = st.builds(Counts, panel_ship=st.integers(0, 3), ship=st.integers(0, 9), skip=st.integers(0, 9))


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
        f"{VERDICT.summary} Clear. It would take 4 votes or reviews fewer to change this verdict."
    )
    assert all(reason in " ".join(verdict.split()) for reason in VERDICT.reasons)


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
def comparisons(draw: st.DrawFn) -> Compared:
    """Draw two to five tools with any texts, few votes, and some reviews, matchups and ratings."""
    slugs = "abcde"[: draw(st.integers(2, 5))]
    tools = [
        Tool(slug, draw(texts), "", "any", draw(texts), draw(texts), draw(texts), None, AT) for slug in slugs
    ]
    counts = [draw(few) for _ in slugs]
    votes = st.builds(
        Preferences, left_wins=st.integers(0, 9), right_wins=st.integers(0, 9), ties=st.integers(0, 9)
    )
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
            left_wins=sum(each.left_wins for each in contexts.values()),
            right_wins=sum(each.right_wins for each in contexts.values()),
            ties=sum(each.ties for each in contexts.values()),
        )
        for (left, right), contexts in matchups.items()
    ]
    return compared(sides, compare(FIRST, contenders, seen))


@tried_with(30)
@given(found=comparisons(), width=st.integers(60, 200), encoding=st.sampled_from(("utf-8", "ascii")))
def test_no_line_of_a_comparison_is_too_wide(found: Compared, width: int, encoding: str) -> None:
    lines = shown(draw_comparison(found, moment=None), width, encoding).splitlines()
    assert max(map(cell_len, lines)) <= min(width, WIDTH_MAX)
    assert not [line for line in lines if "\x1b" in line or line.endswith(" ")]
