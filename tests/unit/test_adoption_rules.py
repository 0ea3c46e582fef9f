"""Adopting a rule: given what happened, when an order comes, then these facts."""

import pytest

from events.facts import AnyFact, RuleAdopted
from events.ids import NOBODY, RULE_SUBJECT
from service.commands.rules import AdoptRule
from tests.support.rules import decide

FIRST, SECOND = "2026-11", "2026-12"


def adopted(rule: str) -> RuleAdopted:
    return RuleAdopted(rule=rule, order="7")


@pytest.mark.parametrize(
    ("given", "rule", "then"),
    [
        pytest.param([], FIRST, [], id="the first rule is current before any is adopted"),
        pytest.param([], SECOND, [adopted(SECOND)], id="another one takes its place"),
        pytest.param([adopted(SECOND)], SECOND, [], id="adopting it again changes nothing"),
        pytest.param([adopted(SECOND)], FIRST, [adopted(FIRST)], id="the first may come back"),
        pytest.param([adopted(SECOND), adopted(FIRST)], FIRST, [], id="and is then current"),
        pytest.param([adopted("2031-01")], FIRST, [adopted(FIRST)], id="after one that nobody knows here"),
    ],
)
def test_adopting_a_rule_makes_it_current(given: list[AnyFact], rule: str, then: list[AnyFact]) -> None:
    assert decide(AdoptRule(rule=rule, order="7"), given) == then


def test_all_adoptions_are_one_stream() -> None:
    assert AdoptRule(rule=FIRST, order="7").streams(None) == ((RULE_SUBJECT, NOBODY),)
