"""The example of a comparison in the schema says what a comparison of its numbers says."""

from typing import Any

import msgspec

from projections.comparison.compare import compare
from projections.comparison.shapes import Contender, Matchup
from projections.rules.registry import rule_named
from projections.rules.tallies import Tally
from service.reads.comparisons import side_by_side
from service.routes.examples.compare import SIDE_BY_SIDE
from tests.support.comparison_example import example


def tally(of: dict[str, Any]) -> Tally:
    return Tally(ship=of["ship"], skip=of["skip"])


def test_the_example_is_what_its_numbers_come_to() -> None:
    document = SIDE_BY_SIDE
    contenders = [
        Contender(
            tool=tool["slug"], name=tool["name"], panel=tally(score["panel"]), crowd=tally(score["community"])
        )
        for tool, score in zip(document["tools"], document["scores"], strict=True)
    ]
    [seen] = document["matchups"]
    wins = {name: seen[name] for name in ("left", "right", "left_wins", "right_wins", "ties")}
    comparison = compare(rule_named(document["rule"]), contenders, [Matchup(**wins)])
    said = msgspec.json.decode(msgspec.json.encode(comparison))
    assert said == {name: document[name] for name in said}


def test_the_document_of_the_example_is_the_example() -> None:
    assert msgspec.json.decode(msgspec.json.encode(side_by_side(example()))) == SIDE_BY_SIDE
