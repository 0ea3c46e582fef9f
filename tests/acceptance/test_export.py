"""`ostraka export events`, as other programs read it."""

import subprocess
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from events.log.commands import Command
from events.log.describe import PAGE_EVENTS_MAX
from service.commands.catalogue import DelistTool, SeatPanelist
from service.commands.reviews import WithdrawReview, WriteReview
from service.commands.votes import CastVote, WithdrawVote
from service.demo.content import read_demo
from tests.support.importing import OPTIONS, environment_of, import_votes
from tests.support.logs import list_tool, open_writer, write
from tests.support.up import OSTRAKA, ostraka

Event = dict[str, Any]


@pytest.fixture
def env(database_url: str, valkey_url: str) -> dict[str, str]:
    return environment_of(database_url, valkey_url)


async def fill(database_url: str, *commands: Command) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, *commands)


def export(env: dict[str, str], *options: str) -> list[Event]:
    result = ostraka("export", "events", *options, env=env)
    assert (result.returncode, result.stderr) == (0, "")
    return [cast("Event", msgspec.json.decode(line)) for line in result.stdout.splitlines()]


def cast_vote(voter: str, choice: str) -> CastVote:
    return CastVote(tool="hammer", account=voter, choice="ship" if choice == "ship" else "skip")


async def test_each_event_is_one_line_in_the_documented_shape(env: dict[str, str], database_url: str) -> None:
    await fill(database_url, list_tool("hammer"), cast_vote("ann", "ship"))
    listed, vote = export(env)
    assert list(vote) == ["position", "type", "tool", "voter", "recorded_at", "data", "standing"]
    assert (vote["position"], vote["type"], vote["tool"]) == (2, "VoteCast", "hammer")
    assert (vote["data"], vote["standing"]) == ({"choice": "ship"}, "counts")
    assert len(vote["voter"]) == 36
    assert vote["recorded_at"].endswith("Z")
    assert len(vote["recorded_at"]) == len("2026-11-22T12:00:00.123456Z")
    assert (listed["tool"], listed["voter"], listed["data"]["slug"]) == ("hammer", None, "hammer")


async def test_what_a_later_event_of_its_stream_replaced_is_superseded(
    env: dict[str, str], database_url: str
) -> None:
    panelist = read_demo().panelists[0]
    review = WriteReview(tool="hammer", panelist=panelist.slug, verdict="ship", headline="Fine", body="Fine.")
    await fill(
        database_url,
        list_tool("hammer"),
        SeatPanelist(panelist),
        cast_vote("ann", "ship"),
        cast_vote("ben", "ship"),
        review,
        cast_vote("ann", "skip"),
        WithdrawVote(tool="hammer", account="ben"),
        WithdrawReview(tool="hammer", panelist=panelist.slug),
        DelistTool("hammer"),
    )
    events = export(env)
    assert [(event["type"], event["standing"]) for event in events] == [
        ("ToolListed", "superseded"),
        ("PanelistSeated", "counts"),
        ("VoteCast", "superseded"),
        ("VoteCast", "superseded"),
        ("ReviewSubmitted", "superseded"),
        ("VoteCast", "counts"),
        ("VoteWithdrawn", "counts"),
        ("ReviewWithdrawn", "counts"),
        ("ToolDelisted", "counts"),
    ]
    assert [event["tool"] for event in events] == ["hammer", None, *["hammer"] * 7]
    assert events[2]["voter"] == events[5]["voter"] != events[3]["voter"] == events[6]["voter"]
    assert {event["voter"] for event in events if "Vote" not in event["type"]} == {None}
    # Part of the log is told with the same standings as all of it.
    assert export(env, "--after", "2", "--to", "4") == events[2:4]
    assert export(env, "--after", "9") == export(env, "--after", "3", "--to", "3") == []


def test_what_a_client_claimed_stands_beside_what_was_recorded(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("tool,voter,choice,at\nhammer,ann,ship,2020-02-29\n")
    assert import_votes(env, path, *OPTIONS, "--at", "at", "--create-tools").returncode == 0
    listed, vote = export(env)
    assert vote["occurred_at"] == "2020-02-29T00:00:00.000000Z"
    assert "occurred_at" not in listed


def test_more_events_than_a_page_come_in_order_and_a_reader_may_leave_early(
    env: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "votes.csv"
    votes = "".join(f"hammer,voter {number},ship\n" for number in range(2 * PAGE_EVENTS_MAX))
    path.write_text(f"tool,voter,choice\n{votes}")
    assert import_votes(env, path, *OPTIONS, "--create-tools").returncode == 0
    positions = [event["position"] for event in export(env)]
    assert positions == list(range(1, 2 * PAGE_EVENTS_MAX + 2))

    command = " ".join([*OSTRAKA, "export", "events"])
    head = ["bash", "-c", f"set -o pipefail; {command} | head -1"]
    result = subprocess.run(head, env=env, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr, result.stdout.count("\n")) == (0, "", 1)


@pytest.mark.parametrize("options", [("--after", "x"), ("--to", "-1"), ("--after", "2", "--to", "1")])
def test_a_wrong_position_is_one_line_and_exit_status_2(options: tuple[str, ...]) -> None:
    result = ostraka("export", "events", *options)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
