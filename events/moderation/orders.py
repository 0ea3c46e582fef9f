"""The order for a batch of rulings, and the events that it selects."""

from uuid import UUID

from msgspec import Struct

from events.facts import Reason
from events.ids import Position, tool_subject
from events.log.audit import Author
from events.log.connection import Connection
from events.log.reader import position_before
from events.moderation import sql
from events.moderation.ruling import Action
from events.moderation.selection import MODERATED_TYPES, Selection


class BatchOrder(Struct, frozen=True, kw_only=True):
    """An order for a batch of rulings.

    Attributes:
        select: Which events; None for those that the batch `reverts` ruled on.
        by: The moderator.
        as_of: The position that the moderator saw. The batch leaves alone whatever others ruled on later.
            None lets the batch overrule them.
        fingerprint: Of the request, where the id was made of its Idempotency-Key.
    """

    id: UUID
    action: Action
    select: Selection | None
    reverts: UUID | None
    reason: Reason
    note: str
    by: Author
    as_of: Position | None = None
    fingerprint: bytes | None = None


class Meant(Struct, frozen=True):
    """The events that an order is about: a statement that finds them, and its arguments."""

    statement: str
    arguments: tuple[object, ...]

    def read_by(self, statement: str) -> str:
        """Put these events into a statement that reads them; it then takes the same arguments."""
        return statement.format(meant=self.statement)


async def find_meant(connection: Connection, asked: BatchOrder, *, head: Position) -> Meant:
    """Find out which events up to `head` an order is about."""
    if asked.select is None:
        return Meant(sql.select_reverted, (asked.id, 0, head, str(asked.reverts)))
    select = asked.select
    after, to = Position(select.after_position or 0), head
    if select.before_position is not None:
        to = Position(min(to, select.before_position - 1))
    if select.from_ is not None:
        after = max(after, await position_before(connection, select.from_))
    if select.to is not None:
        to = min(to, await position_before(connection, select.to))
    return Meant(
        sql.select_meant,
        (
            asked.id,
            after,
            to,
            MODERATED_TYPES if select.type is None else [select.type],
            None if select.tool is None else tool_subject(select.tool),
            select.tool,
            select.voter,
            select.positions,
        ),
    )
