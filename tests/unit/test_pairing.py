"""Reviews in rows, lens by lens: nothing is lost, and who judged several tools stands in one row."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from events.ids import Position
from projections.comparison.pairing import pair_reviews
from projections.reviews.queries import Review

LENSES = {
    "ada": "builder",
    "bo": "builder",
    "cy": "builder",
    "di": "skeptic",
    "ed": "skeptic",
    "flo": "founder",
}


def a_review(panelist: str, tool: int = 0) -> Review:
    return Review(
        panelist=panelist,
        name=panelist.title(),
        lens=LENSES[panelist],
        verdict="ship",
        headline=f"{panelist} on {tool}",
        body="",
        recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
        position=Position(1),
    )


def laid_out(*tools: str) -> list[tuple[str, str]]:
    """Name each row's lens, and who stands in it, "-" for nobody."""
    rows = pair_reviews([[a_review(panelist) for panelist in panelists.split()] for panelists in tools])
    return [(row.lens, " ".join(each.panelist if each else "-" for each in row.reviews)) for row in rows]


def test_who_reviewed_several_tools_has_a_row_of_their_own() -> None:
    assert laid_out("ada bo", "ada bo") == [("builder", "ada ada"), ("builder", "bo bo")]
    assert laid_out("ada", "cy", "ada") == [("builder", "ada - ada"), ("builder", "- cy -")]


def test_others_of_one_lens_share_rows() -> None:
    assert laid_out("ada bo", "cy") == [("builder", "ada cy"), ("builder", "bo -")]
    assert laid_out("ada cy", "bo cy") == [("builder", "cy cy"), ("builder", "ada bo")]


def test_lenses_do_not_mix() -> None:
    assert laid_out("ada", "di") == [("builder", "ada -"), ("skeptic", "- di")]
    assert laid_out("ed flo", "di") == [("founder", "flo -"), ("skeptic", "ed di")]


def test_without_reviews_there_are_no_rows() -> None:
    assert laid_out("", "") == []


@given(st.lists(st.sets(st.sampled_from(sorted(LENSES))), min_size=2, max_size=5))
def test_each_review_stands_in_one_row_under_its_tool(panelists: list[set[str]]) -> None:
    tools = [[a_review(panelist, tool) for panelist in sorted(found)] for tool, found in enumerate(panelists)]
    rows = pair_reviews(tools)
    assert {len(row.reviews) for row in rows} <= {len(tools)}
    for tool, reviews in enumerate(tools):
        laid = [row.reviews[tool] for row in rows if row.reviews[tool] is not None]
        assert sorted(laid, key=lambda each: each.panelist if each else "") == reviews
    for row in rows:
        assert {each.lens for each in row.reviews if each} == {row.lens}
    for panelist in LENSES:
        judged = sum(panelist in found for found in panelists)
        here = [[each.panelist for each in row.reviews if each] for row in rows]
        assert sum(panelist in names for names in here) == min(1, judged)
        assert judged < 2 or [panelist] * judged in here
