"""Which rule is current, and which was."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from events.ids import Position
from events.log.connection import Connection, Pool
from events.log.reader import read_head
from projections.rules import sql
from projections.rules.registry import rule_named
from projections.rules.rule import Rule


class Adoption(Struct, frozen=True, kw_only=True):
    """A rule became current.

    Attributes:
        position: As of any position above this one; -1 for the rule that the log began with.
        adopted_by: The account that ordered it.
    """

    rule: str
    position: Position
    adopted_by: str
    adopted_at: datetime


async def current_rule(connection: Connection | Pool) -> Rule:
    """Return the rule by which scores are made now."""
    return rule_named(await connection.fetchval(sql.select_rule))


async def rule_at(connection: Connection | Pool, at: Position | datetime) -> Rule:
    """Return the rule by which scores were made as of a position, or at a time."""
    if isinstance(at, datetime):
        return rule_named(await connection.fetchval(sql.select_rule_by, at))
    return rule_named(await connection.fetchval(sql.select_rule_at, max(at, 0)))


async def adopt(pool: Pool, rule: Rule, *, by: str) -> Position | None:
    """Let a rule be current from now on; return the last position of the rule before, None if it was already."""
    async with pool.acquire() as connection:
        head = await read_head(connection)
        return await connection.fetchval(sql.adopt_rule, rule.name, head, by)


async def read_adoptions(pool: Pool) -> Sequence[Adoption]:
    """Read every adoption, the first one first."""
    return [
        Adoption(
            rule=row["rule"],
            position=Position(row["position"]),
            adopted_by=row["adopted_by"],
            adopted_at=row["adopted_at"],
        )
        for row in await pool.fetch(sql.select_adoptions)
    ]
