"""`ostraka demo`, on servers of its own and beside a running service."""

import json
import urllib.request
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

import pytest

from service.demo.content import read_demo, simulate_preferences
from tests.support.up import ostraka, running_up, temporary_home

REVIEWED = ("llama-4-compact-12b", "gpt-5-mini-api")


@pytest.fixture
def home() -> Generator[Path]:
    with temporary_home() as folder:
        yield folder


def read(url: str) -> Any:  # noqa: ANN401 - JSON
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the service under test
        return json.load(answer)


def test_every_tool_and_every_lens_is_there_once() -> None:
    demo = read_demo()
    slugs = [tool.slug for tool in demo.tools]
    assert len(set(slugs)) == 8
    assert {panelist.lens for panelist in demo.panelists} == {"builder", "skeptic", "futurist", "founder"}
    assert {(review.tool, review.panelist) for review in demo.reviews} == {
        (tool, panelist.slug) for tool in REVIEWED for panelist in demo.panelists
    }
    for tool in REVIEWED:
        assert {review.verdict for review in demo.reviews if review.tool == tool} == {"ship", "skip"}


def test_in_each_context_some_matchups_are_clear_and_some_are_close() -> None:
    demo = read_demo()
    wins: dict[str, dict[tuple[str, str], Counter[str]]] = {}
    for order in simulate_preferences(demo):
        matchup = order.matchup
        pairs = wins.setdefault(matchup.context, {})
        pairs.setdefault((matchup.left, matchup.right), Counter())[order.winner] += 1
    assert set(wins) == {"overall", "code-review", "summarising"}
    pairs_of_tools = len(demo.tools) * (len(demo.tools) - 1) // 2
    for pairs in wins.values():
        shares = [won[left] / (won[left] + won[right]) for (left, right), won in pairs.items()]
        assert len(shares) == pairs_of_tools
        assert sum(abs(share - 0.5) > 0.25 for share in shares) >= pairs_of_tools // 10
        assert sum(abs(share - 0.5) < 0.1 for share in shares) >= pairs_of_tools // 10


def test_without_a_service_it_brings_its_own_servers_and_a_second_run_changes_nothing(home: Path) -> None:
    first = ostraka("demo", "--home", str(home))
    assert first.returncode == 0, first.stderr
    assert "SIMULATED" in first.stdout
    assert "nothing changed" not in first.stdout
    assert f"ostraka up --home {home}" in first.stdout
    second = ostraka("demo", "--home", str(home))
    assert "nothing changed" in second.stdout

    exported = ostraka("export", "events", "--home", str(home)).stdout.splitlines()
    events = [cast("dict[str, Any]", json.loads(line)) for line in exported]
    types = Counter(event["type"] for event in events)
    assert (types["ToolListed"], types["PanelistSeated"], types["ReviewSubmitted"]) == (8, 4, 8)
    votes = [event for event in events if event["type"] == "VoteCast"]
    assert len(votes) == types["VoteCast"] > 300
    assert all(vote["data"]["simulated"] is True for vote in votes)
    preferences = [event for event in events if event["type"] == "PreferenceCast"]
    assert len(preferences) == types["PreferenceCast"] > 2_000
    assert all(preference["data"]["simulated"] is True for preference in preferences)


def test_beside_a_running_service_its_scores_are_served_at_once(home: Path) -> None:
    with running_up(home) as up:
        result = ostraka("demo", "--home", str(home))
        assert f"curl {up.url}/v1/tools/llama-4-compact-12b/score" in result.stdout
        assert "ostraka up" not in result.stdout
        score = read(f"{up.url}/v1/tools/llama-4-compact-12b/score")
        assert score["panel"] == {"ship": 3, "skip": 1, "share": 0.75}
        assert score["community"]["votes"] > 30
        matchup = read(f"{up.url}/v1/matchups/llama-4-compact-12b/gpt-5-mini-api")
        assert [each["context"] for each in matchup["contexts"]] == ["code-review", "overall", "summarising"]
        assert all(each["votes"] > 20 for each in matchup["contexts"])
        tools = read(f"{up.url}/v1/tools")["items"]
        assert {tool["slug"] for tool in tools} == {tool.slug for tool in read_demo().tools}
