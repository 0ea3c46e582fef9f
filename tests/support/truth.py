"""The log's own tallies, read behind the service and folded in a dozen lines of plain Python."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import msgspec
from msgspec import Struct

from events.ids import tool_subject
from tests.support.crowd import Acknowledged, Crowd
from tests.support.service import Caller, Service


class LogEvent(Struct, frozen=True):
    """One row of the log, as it stands there."""

    position: int
    subject_id: int
    actor_id: str
    version: int
    type: str
    choice: str | None


async def read_log(service: Service) -> tuple[list[LogEvent], dict[str, str]]:
    """Read all events in order of position, and the pseudonym of each account."""
    async with service.owner() as owner:
        rows = await owner.fetch(
            "SELECT position, subject_id, actor_id::text, version, type, data ->> 'choice' AS choice"
            " FROM log.events ORDER BY position"
        )
        accounts = await owner.fetch("SELECT account, voter_id::text FROM log.accounts")
        head = await owner.fetchval("SELECT position FROM log.head")
    assert head == len(rows)
    return [LogEvent(*row) for row in rows], {row["account"]: row["voter_id"] for row in accounts}


def fold(events: Iterable[LogEvent]) -> dict[int, dict[str, int]]:
    """Count each voter's last vote on each subject."""
    last: dict[tuple[int, str], str | None] = {}
    for event in events:
        if event.type in {"VoteCast", "VoteWithdrawn"}:
            last[event.subject_id, event.actor_id] = event.choice
    tallies: dict[int, dict[str, int]] = {}
    for (subject_id, _), choice in last.items():
        tally = tallies.setdefault(subject_id, {"ship": 0, "skip": 0})
        if choice is not None:
            tally[choice] += 1
    return tallies


def is_exact(score: dict[str, Any], events: list[LogEvent]) -> bool:
    """Tell whether a score document is the fold of the log up to its own position."""
    tally = fold(events[: score["position"]]).get(tool_subject(score["tool"]), {"ship": 0, "skip": 0})
    return {name: score["community"][name] for name in tally} == tally


async def assert_nothing_was_lost(service: Service, caller: Caller, crowd: Crowd) -> list[LogEvent]:
    """Hold log and scores against what the crowd was told; return the log."""
    assert crowd.violations == []
    events, pseudonyms = await read_log(service)
    assert [event.position for event in events] == list(range(1, len(events) + 1))
    for _, stream in groupby(sorted(events, key=_place), key=_stream):
        versions = [event.version for event in stream]
        assert versions == list(range(1, len(versions) + 1))

    for vote in crowd.acknowledged:
        event = events[vote.position - 1]
        told = (tool_subject(vote.tool), pseudonyms[vote.voter], "VoteCast", vote.choice)
        assert (event.subject_id, event.actor_id, event.type, event.choice) == told
    fresh_positions = [vote.position for vote in crowd.acknowledged if vote.changed]
    assert len(fresh_positions) == len(set(fresh_positions))
    assert _choices_in_log(crowd, events, pseudonyms) == _choices_told(crowd.acknowledged)

    tallies = fold(events)
    for tool in crowd.tools:
        community = (await caller.score(tool, after=len(events)))["community"]
        tally = tallies[tool_subject(tool)]
        assert {name: community[name] for name in tally} == tally
    return events


def _stream(event: LogEvent) -> tuple[int, str]:
    return event.subject_id, event.actor_id


def _place(event: LogEvent) -> tuple[int, str, int]:
    return event.subject_id, event.actor_id, event.position


def _choices_told(acknowledged: list[Acknowledged]) -> dict[tuple[str, str], list[str]]:
    """List each ballot's choices, as its voter made them, repetitions left out."""
    told: dict[tuple[str, str], list[str]] = {}
    for vote in acknowledged:
        choices = told.setdefault((vote.voter, vote.tool), [])
        if choices[-1:] != [vote.choice]:
            choices.append(vote.choice)
    return told


def _choices_in_log(
    crowd: Crowd, events: list[LogEvent], pseudonyms: dict[str, str]
) -> dict[tuple[str, str], list[str]]:
    voters = {pseudonyms[voter]: voter for voter in crowd.voters if voter in pseudonyms}
    tools = {int(tool_subject(tool)): tool for tool in crowd.tools}
    found: dict[tuple[str, str], list[str]] = {}
    for event in events:
        if event.actor_id in voters and event.subject_id in tools:
            found.setdefault((voters[event.actor_id], tools[event.subject_id]), []).append(
                msgspec.convert(event.choice, str)
            )
    return found
