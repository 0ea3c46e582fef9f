"""A comparison of given counts: in words, with the numbers, and as JSON."""

import msgspec
import pytest

from projections.comparison.compare import TOOLS_MAX, compare
from projections.comparison.numbers import span, tenths_percent
from projections.comparison.shapes import Comparison, Contender, Matchup
from projections.rules.registry import rule_named
from projections.rules.tallies import Tally

RULE = rule_named("2026-11")
NOTHING = (0, 0)
Votes = tuple[int, int]


def tool(name: str, *, panel: Votes = NOTHING, crowd: Votes = NOTHING) -> Contender:
    reviews, votes = (Tally(ship=ship, skip=skip) for ship, skip in (panel, crowd))
    return Contender(tool=name.lower(), name=name, panel=reviews, crowd=votes)


def matchup(left: str, right: str, *, wins: int, losses: int, ties: int = 0) -> Matchup:
    return Matchup(left=left, right=right, left_wins=wins, right_wins=losses, ties=ties)


def test_panel_and_crowd_say_whom_they_prefer_and_by_how_much() -> None:
    found = compare(
        RULE,
        [tool("Saw", panel=(4, 0), crowd=(812, 204)), tool("Axe", panel=(1, 4), crowd=(263, 167))],
        [],
    )
    assert found.panel.reason == (
        "The panel prefers Saw: 4 of 4 reviews say ship against 1 of 5 for Axe, 15 to 96 points more."
    )
    assert found.crowd.reason == (
        "The crowd prefers Saw: 79.9 % of 1,016 votes say ship against 61.2 % of 430 for Axe, "
        "14 to 24 points more."
    )
    assert found.head_to_head.reason == "Nobody has voted between Saw and Axe yet."


def test_who_comes_second_in_the_question_may_lead() -> None:
    found = compare(RULE, [tool("Axe", crowd=(40, 60)), tool("Saw", crowd=(60, 40))], [])
    [pair] = found.crowd.pairs
    assert (found.crowd.leader, pair.leader, pair.estimate) == ("saw", "saw", -0.2)
    assert found.crowd.reason.startswith("The crowd prefers Saw: 60 % of 100 votes say ship against 40 % of")


def test_a_crowd_that_is_divided_is_said_to_be() -> None:
    found = compare(RULE, [tool("Saw", crowd=(70, 30)), tool("Axe", crowd=(61, 29))], [])
    assert found.crowd.standing == "too close to call"
    assert found.crowd.reason == (
        "The crowd does not tell Saw from Axe: 70 % of 100 votes say ship against 67.8 % of 90 for Axe, "
        "which may mean 11 points fewer or 15 more."
    )


@pytest.mark.parametrize(
    ("saw", "axe", "words"),
    [
        (
            (3, 0),
            (0, 2),
            "The panel has too few reviews to tell Saw from Axe: 3 and 2, where a lead takes 3 each.",
        ),
        ((3, 0), NOTHING, "The panel has not reviewed Axe yet."),
        (NOTHING, NOTHING, "The panel has not reviewed Saw or Axe yet."),
    ],
)
def test_reviews_that_are_missing_are_missed(saw: Votes, axe: Votes, words: str) -> None:
    found = compare(RULE, [tool("Saw", panel=saw), tool("Axe", panel=axe)], [])
    assert found.panel.reason == words
    assert found.panel.leader is None


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (
            matchup("saw", "axe", wins=60, losses=40),
            "Saw beats Axe by 60 votes to 40: 60 % for Saw, and 50.2 to 69.1 %{all}.",
        ),
        (
            matchup("axe", "saw", wins=30, losses=70, ties=10),
            "Saw beats Axe by 70 votes to 30 with 10 ties: 68.2 % for Saw{tie}, and 59 to 76 %{all}.",
        ),
        (
            matchup("axe", "saw", wins=30, losses=31, ties=1),
            "Saw and Axe stand at 31 votes to 30 with 1 tie: 50.8 % for Saw{tie}, and 39 to 63 %{all}.",
        ),
        (
            matchup("saw", "axe", wins=1, losses=0, ties=7),
            "there are too few votes to tell Saw from Axe: 1 vote to 0 with 7 ties{few}.",
        ),
    ],
)
def test_head_to_head_votes_are_counted_out(votes: Matchup, words: str) -> None:
    found = compare(RULE, [tool("Saw"), tool("Axe")], [votes])
    words = words.format(
        tie=", a tie being half a win",
        all=" in a larger crowd",
        few=", where a lead takes 5 that name a winner",
    )
    assert found.head_to_head.reason == f"Head to head {words}"


def test_of_three_tools_one_leads_if_it_leads_both_others() -> None:
    tools = [tool("Saw", crowd=(90, 10)), tool("Axe", crowd=(70, 30)), tool("Adze", crowd=(20, 80))]
    found = compare(
        RULE, tools, [matchup("saw", "axe", wins=20, losses=5), matchup("adze", "saw", wins=1, losses=1)]
    )
    assert found.crowd.leader == "saw"
    assert found.crowd.reason == (
        "With the crowd Saw leads every other tool, Axe most narrowly. "
        "The crowd prefers Saw: 90 % of 100 votes say ship against 70 % of 100 for Axe, 9 to 31 points more."
    )
    assert found.crowd.fragility == found.crowd.pairs[0].fragility
    assert [(pair.left, pair.right, pair.leader) for pair in found.crowd.pairs] == [
        ("saw", "axe", "saw"),
        ("saw", "adze", "saw"),
        ("axe", "adze", "axe"),
    ]
    assert (found.head_to_head.leader, found.head_to_head.fragility) == (None, None)
    assert found.head_to_head.reason == "Head to head no tool leads every other: Saw leads Axe, but not Adze."
    assert found.panel.reason == "With the panel there is nothing yet to compare any two of these tools by."


def test_of_three_tools_that_nobody_tells_apart_none_leads() -> None:
    found = compare(RULE, [tool(name, crowd=(9, 9)) for name in ("Saw", "Axe", "Adze")], [])
    assert found.crowd.reason == "With the crowd no tool leads any other."
    assert found.verdict.summary == "Too close to call: by no measure is one of them surely ahead."


@pytest.mark.parametrize(
    ("saw", "axe", "strength", "pick", "summary"),
    [
        (
            tool("Saw", panel=(5, 0), crowd=(90, 10)),
            tool("Axe", panel=(1, 4), crowd=(60, 40)),
            "clear",
            "saw",
            "Saw comes out ahead: the panel and the crowd prefer it, and no measure speaks for another.",
        ),
        (
            tool("Saw", panel=(2, 3), crowd=(60, 40)),
            tool("Axe", panel=(2, 3), crowd=(90, 10)),
            "leaning",
            "axe",
            "Leaning towards Axe: the crowd prefers it, and no other measure decides.",
        ),
        (
            tool("Saw", panel=(5, 0), crowd=(60, 40)),
            tool("Axe", panel=(1, 4), crowd=(90, 10)),
            "split",
            None,
            "It depends on whom you ask: the panel prefers Saw and the crowd prefers Axe.",
        ),
        (
            tool("Saw", crowd=(6, 4)),
            tool("Axe", crowd=(4, 6)),
            "too close to call",
            None,
            "Too close to call: by no measure is Saw or Axe surely ahead.",
        ),
        (
            tool("Saw", panel=(5, 0), crowd=(6, 4)),
            tool("Axe"),
            "no votes",
            None,
            "There is nothing yet to compare Saw and Axe by.",
        ),
    ],
)
def test_the_verdict_is_put_into_words(
    saw: Contender, axe: Contender, strength: str, pick: str | None, summary: str
) -> None:
    found = compare(RULE, [saw, axe], [])
    assert (found.verdict.strength, found.verdict.pick, found.verdict.summary) == (strength, pick, summary)
    assert found.verdict.reasons == [found.panel.reason, found.crowd.reason, found.head_to_head.reason]


def test_who_would_skip_even_the_pick_is_named() -> None:
    tools = [tool("Saw", panel=(0, 6), crowd=(30, 70)), tool("Axe", panel=(0, 6), crowd=(5, 95))]
    found = compare(RULE, tools, [])
    assert found.verdict.pick == "saw"
    assert found.verdict.summary.endswith(" Even so, the panel and the crowd would skip it.")


def test_a_comparison_is_written_as_json_with_rounded_shares() -> None:
    votes = [matchup("saw", "axe", wins=2, losses=1)]
    found = compare(RULE, [tool("Saw", crowd=(6, 3)), tool("Axe", crowd=(12, 6))], votes)
    written = msgspec.json.decode(msgspec.json.encode(found))
    assert set(written) == {"rule", "panel", "crowd", "head_to_head", "verdict"}
    assert (written["rule"], set(written["crowd"])) == (
        "2026-11",
        {"leader", "standing", "reason", "fragility", "pairs"},
    )
    crowd, head_to_head, panel = (written[name]["pairs"][0] for name in ("crowd", "head_to_head", "panel"))
    assert (crowd["estimate"], crowd["interval"]) == (0.0, [-0.356, 0.3127])
    assert (head_to_head["estimate"], head_to_head["interval"]) == (0.6667, [0.2077, 0.9385])
    assert (panel["estimate"], panel["interval"], panel["standing"]) == (None, None, "no votes")
    assert msgspec.convert(written, Comparison) == found


def test_another_rule_may_come_to_another_verdict() -> None:
    tools = [tool("Saw", crowd=(63, 37)), tool("Axe", crowd=(48, 52))]
    assert compare(RULE, tools, []).verdict.pick == "saw"
    cautious = compare(rule_named("2026-12"), tools, [])
    assert (cautious.rule, cautious.verdict.pick) == ("2026-12", None)


@pytest.mark.parametrize(
    "names", [["Saw"], ["Saw", "Axe", "Saw"], [f"Tool{n}" for n in range(TOOLS_MAX + 1)]]
)
def test_one_tool_or_too_many_or_the_same_twice_are_no_comparison(names: list[str]) -> None:
    with pytest.raises(ValueError, match=f"2 to {TOOLS_MAX} different tools"):
        compare(RULE, [tool(name) for name in names], [])


def test_numbers_are_as_fine_as_they_need_be() -> None:
    assert [tenths_percent(share) for share in (1, 0.5, 0.79921, 0)] == ["100 %", "50 %", "79.9 %", "0 %"]
    assert span((0.1234, 0.25), even=0) == ("12", "25")
    assert span((0.0061, 0.25), even=0) == ("0.6", "25.0")
    assert span((-0.25, 0.0003), even=0) == ("25.00", "0.03")
    assert span((0.5004, 0.52), even=0.5) == ("50.04", "52.00")
    assert span((0.0, 0.52), even=0) == ("0", "52")
