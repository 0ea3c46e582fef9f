"""Score documents."""

from events.ids import Position
from projections.rules.registry import RULES, rule_named
from projections.scores import Counts, score_of


def test_a_score_names_only_reasons_that_exclude_something() -> None:
    counts = Counts(excluded={"spam": 2, "fraud": 1, "legal": 0})
    score = score_of("hammer", Position(1), counts, rule_named("2026-11"))
    assert (score.excluded.votes, list(score.excluded.by_reason.items())) == (3, [("fraud", 1), ("spam", 2)])


def test_a_score_is_made_by_the_rule_that_it_names() -> None:
    counts = Counts(panel_ship=3, panel_skip=1, ship=40, skip=10)
    for rule in RULES:
        score = score_of("hammer", Position(1), counts, rule)
        low, high = rule.interval(counts.crowd)
        assert (score.rule, score.community.interval) == (rule.name, (round(low, 4), round(high, 4)))
        assert (score.panel.share, score.community.share) == (0.75, 0.8)
