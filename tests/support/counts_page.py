"""Counts votes as docs/scores.md says. Nothing here imports the program."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from tests.support.ratings_page import Matchups
from tests.support.scores_page import Tally

RULINGS = ("EventRetracted", "EventReinstated")


class Counted(NamedTuple):
    """The counts of some tools now, in all contexts together."""

    crowd: Mapping[str, Tally]
    panel: Mapping[str, Tally]
    excluded: Mapping[str, Mapping[str, int]]
    matchups: Matchups


def count(events: Iterable[Mapping[str, Any]], tools: Sequence[str]) -> Counted:
    """Count the last event that counts of each voter and panelist."""
    log = list(events)
    reasons: dict[int, str | None] = {}
    for event in log:
        if event["type"] in RULINGS:
            retracts = event["type"] == "EventRetracted"
            reasons[event["data"]["target"]] = event["data"]["reason"] if retracts else None
    said: dict[tuple[str, ...], str | None] = {}
    excluded: dict[str, Counter[str]] = {tool: Counter() for tool in tools}
    for event in log:
        type_, data, reason = event["type"], event["data"], reasons.get(event["position"])
        if reason:
            if type_ == "VoteCast":
                excluded[event["tool"]][reason] += 1
        elif type_.startswith("Vote"):
            said["crowd", event["tool"], event["voter"]] = data.get("choice")
        elif type_.startswith("Review"):
            said["panel", event["tool"], data["panelist"]] = data.get("verdict")
        elif type_.startswith("Preference"):
            said["pair", data["left"], data["right"], data["context"], event["voter"]] = data.get("winner")
    words = Counter((key[0], *key[1:-1], word) for key, word in said.items() if word)
    return Counted(
        {tool: (words["crowd", tool, "ship"], words["crowd", tool, "skip"]) for tool in tools},
        {tool: (words["panel", tool, "ship"], words["panel", tool, "skip"]) for tool in tools},
        excluded,
        {pair: _matchup(words, *pair) for pair in combinations(sorted(tools), 2)},
    )


def _matchup(words: Mapping[tuple[str, ...], int], left: str, right: str) -> tuple[int, int, int]:
    won = Counter[str]()
    for key, number in words.items():
        if key[:3] == ("pair", left, right):
            won[key[-1]] += number
    return won[left], won[right], won["tie"]
