"""Events that no fold can take, each in a log that is otherwise in order."""

from collections.abc import Mapping
from typing import Final

from tests.support.raw_log import Owner, tamper

BAD_VOTES: Final[Mapping[str, str]] = {
    # Bad rows that a vote can become.
    "a type that nobody knows": "type = 'VoteDreamt'",
    "a newer schema": "schema = 2",
    "a choice that is none": """data = '{"choice": "maybe"}'""",
    "a choice that is a number": """data = '{"choice": 1}'""",
    "no choice": "data = '{}'",
    "a field too many": """data = '{"choice": "ship", "weight": 5}'""",
    "a default that is written": """data = '{"choice": "ship", "anonymous": false}'""",
    "data of another kind": "data = '[1]'",
    "a time after all time": "recorded_at = 'infinity'",
    "a time before all time": "recorded_at = '-infinity'",
    "a time that Python cannot tell": "recorded_at = '20000-01-01'",
    "a withdrawal that says something": """type = 'VoteWithdrawn', data = '{"choice": "ship"}'""",
    "a ruling on no number": (
        """type = 'EventRetracted', data = '{"target": "x", "batch": "b", "reason": "spam", "note": ""}'"""
    ),
    "a ruling on what is no vote of its stream": (
        """type = 'EventReinstated', data = '{"target": 1, "batch": "b", "reason": "spam", "note": ""}'"""
    ),
}

BAD_ENTRIES: Final[Mapping[str, str]] = {
    # Bad rows that a tool's entry can become.
    "no name": "data = data - 'name'",
    "a name that is none": """data = data || '{"name": null}'""",
    "a name that is a number": """data = data || '{"name": 5}'""",
    # Only the fold finds out: no index takes this.
    "a category too long for its index": (
        "data = data || jsonb_build_object('category',"
        " (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 1000) AS n))"
    ),
    "a price of another kind": """data = data || '{"pricing": 5}'""",
}


async def spoil(owner: Owner, position: int, change: str) -> None:
    """Make the event at a position a bad one."""
    await tamper(owner, f"UPDATE log.events SET {change} WHERE position = $1", position)  # noqa: S608 - of the tables above
