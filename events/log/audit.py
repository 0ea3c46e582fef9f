"""The audit list: who did what to the log and its scores, and when. Nobody can edit it.

A line is written in the transaction of the action itself, so neither exists without the other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal, assert_never
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from events.facts import (
    AnyFact,
    EventReinstated,
    EventRetracted,
    PanelistRetired,
    PanelistSeated,
    PreferenceCast,
    PreferenceWithdrawn,
    ReviewRevised,
    ReviewSubmitted,
    ReviewWithdrawn,
    RuleAdopted,
    ToolDelisted,
    ToolListed,
    ToolRevised,
    VoteCast,
    VoteWithdrawn,
)
from events.ids import Position
from events.log import sql
from events.log.connection import Connection, Pool

AuditAction = Literal[
    "batch-ordered",
    "batch-cancelled",
    "replay-ordered",
    "replay-swapped",
    "replay-cancelled",
    "set-aside-retried",
    "rule-adopted",
    "tool-listed",
    "tool-revised",
    "tool-delisted",
    "panelist-seated",
    "panelist-retired",
    "review-submitted",
    "review-revised",
    "review-withdrawn",
]

_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


class Author(Struct, frozen=True):
    """An account, and the role in which it does something."""

    name: str
    role: str


class Attribution(Struct, frozen=True):
    """The author of a request to the log, and the id or slug that it is about."""

    by: Author
    what: str


class AuditLine(Struct, frozen=True, kw_only=True):
    """A line of the audit list before it is written.

    Attributes:
        what: The id or slug of the object.
        detail: Further details, as JSON.
    """

    by: Author
    action: AuditAction
    what: str
    detail: Mapping[str, Any] = {}


class AuditEntry(Struct, frozen=True, kw_only=True):
    """A line as it was written.

    Attributes:
        who: The account; "" once it was erased.
    """

    id: UUID
    at: datetime
    who: str
    role: str
    action: str
    what: str
    detail: dict[str, Any]


def line_of(signature: Attribution, fact: AnyFact, position: Position) -> AuditLine | None:
    """Write the line for an event of a signed request; None for votes and rulings, which are not listed."""
    action = _action(fact)
    if action is None:
        return None
    return AuditLine(by=signature.by, action=action, what=signature.what, detail={"position": position})


async def write_audit(connection: Connection, *lines: AuditLine) -> None:
    """Write lines, within the transaction of the action itself."""
    await connection.execute(
        sql.insert_audit,
        [line.by.name for line in lines],
        [line.by.role for line in lines],
        [line.action for line in lines],
        [line.what for line in lines],
        [_encode(line.detail).decode() for line in lines],
    )


async def read_audit(
    pool: Pool, *, before: UUID | None = None, who: str | None = None, action: str | None = None, limit: int
) -> Sequence[AuditEntry]:
    """Read lines, newest first.

    Args:
        pool: Where to read.
        before: Only those older than this one.
        who: Only those of this account.
        action: Only those of this action.
        limit: Lines at most.
    """
    return [_entry(row) for row in await pool.fetch(sql.select_audit, before, who, action, limit)]


def _action(fact: AnyFact) -> AuditAction | None:  # noqa: C901, PLR0911 - one case for each fact
    match fact:
        case VoteCast() | VoteWithdrawn() | PreferenceCast() | PreferenceWithdrawn():
            return None
        case EventRetracted() | EventReinstated():
            return None  # the order of their batch is listed
        case RuleAdopted():
            return "rule-adopted"
        case ToolListed():
            return "tool-listed"
        case ToolRevised():
            return "tool-revised"
        case ToolDelisted():
            return "tool-delisted"
        case PanelistSeated():
            return "panelist-seated"
        case PanelistRetired():
            return "panelist-retired"
        case ReviewSubmitted():
            return "review-submitted"
        case ReviewRevised():
            return "review-revised"
        case ReviewWithdrawn():
            return "review-withdrawn"
        case _:
            assert_never(fact)


def _entry(row: Record) -> AuditEntry:
    return AuditEntry(
        id=UUID(int=row["id"].int),
        at=row["at"],
        who=row["who"],
        role=row["role"],
        action=row["action"],
        what=row["what"],
        detail=_decode(row["detail"]),
    )
