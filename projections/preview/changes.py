"""The effect of a batch on the counts of each tool and matchup.

Most streams hold a single event, and its effect depends on nothing else. One statement sums those up.
Only the selected events of other streams are looked at one by one.
"""

from collections import Counter, defaultdict
from typing import Final

from asyncpg import Record
from msgspec import Struct

from events.ids import Position
from events.kinds import KINDS, WITHDRAWALS
from events.log.connection import Connection
from events.moderation.orders import BatchOrder, find_meant
from projections.past.counts import Sums
from projections.past.moments import State
from projections.preview import sql

_GROUPS_IN_MEMORY: Final = "SET LOCAL hash_mem_multiplier = 64"
"""Postgres takes the lists in the few groups for long ones, and would rather sort all events."""


class BatchChanges(Struct, frozen=True):
    """The changes, as sums. A missing sum is 0.

    Attributes:
        matched: Events the batch would be about.
        sums: Of each tool and matchup it would rule on: how many `rulings`, and by how many there would be
            more who say `ship` or `skip`, in a matchup `left`, `right` or `tie`. Sums of people without an
            account (`anonymous_ship` …) and of the panel (`panel_ship`, `panel_skip`) stand apart.
        excluded: By how much there would be more votes that do not count, by reason.
    """

    matched: int
    sums: Sums
    excluded: Sums


async def read_batch_changes(state: State, asked: BatchOrder) -> BatchChanges:
    """Compute the changes of an order, in a snapshot opened with `scratch`."""
    connection = state.connection
    sums: Sums = defaultdict(Counter)
    excluded: Sums = defaultdict(Counter)
    meant = await find_meant(connection, asked, head=state.known)
    await connection.execute(_GROUPS_IN_MEMORY)
    await connection.execute(meant.read_by(sql.create_found), *meant.arguments)
    found = await connection.fetch(sql.select_found)
    beside_others = sum(row["beside_others"] for row in found)
    if beside_others:
        await _look_into_streams(connection, asked, state.known, sums, excluded)
    if asked.action == "retract":
        for row in found:
            _retract_single(row, asked.reason, sums, excluded)
    return BatchChanges(beside_others + sum(row["single"] for row in found), sums, excluded)


def _retract_single(row: Record, reason: str, sums: Sums, excluded: Sums) -> None:
    """Add what becomes of events that nobody ruled on: they count, until they are retracted."""
    subject_id, type_, value, anonymous, events, _ = row
    if not events:
        return
    change = sums[subject_id]
    change["rulings"] += events
    is_review = KINDS[type_] == "review"
    if value:
        change[f"panel_{value}" if is_review else value] -= events
    if value and anonymous:
        change[f"anonymous_{value}"] -= events
    if not is_review and type_ not in WITHDRAWALS:
        excluded[subject_id][reason] += events


async def _look_into_streams(
    connection: Connection, asked: BatchOrder, known: Position, sums: Sums, excluded: Sums
) -> None:
    """Add what becomes of events in streams that hold more."""
    await connection.execute(sql.create_targets)
    reverts = None if asked.reverts is None else str(asked.reverts)
    await connection.execute(sql.create_said, known, asked.action == "retract", reverts)
    for row in await connection.fetch(sql.select_effects):
        change = dict(row)
        sums[change.pop("subject_id")].update({word: number or 0 for word, number in change.items()})
    for subject_id, reason, votes in await connection.fetch(sql.select_exclusions, asked.reason):
        excluded[subject_id][reason] += votes
