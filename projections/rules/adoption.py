"""Reads from the log which rule is current at each position."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from events.ids import RULE_SUBJECT, Position
from events.log.connection import Connection, Pool
from projections.rules import sql
from projections.rules.registry import FIRST, rule_named
from projections.rules.rule import Rule


class Adoption(Struct, frozen=True, kw_only=True):
    """A rule became current.

    Attributes:
        position: From this position up to the next adoption, the rule makes the scores.
        adopted_by: The account that ordered it; None once it was erased.
    """

    rule: str
    position: Position
    adopted_at: datetime
    adopted_by: str | None


class Adoptions(Struct, frozen=True):
    """Every adoption up to some position, in order. There are few."""

    all: Sequence[Adoption] = ()

    @property
    def current(self) -> str:
        """The name of the rule adopted last, be it known to this build or not."""
        return self.all[-1].rule if self.all else FIRST.name

    def at(self, position: Position) -> Rule:
        """Return the rule by which scores are made as of a position.

        Raises:
            projections.rules.registry.RuleNotFoundError: a newer build adopted it.
        """
        number = bisect_right(self.all, position, key=lambda adoption: adoption.position)
        return rule_named(self.all[number - 1].rule) if number else FIRST


async def read_adoptions(connection: Connection | Pool, *, to: Position) -> Adoptions:
    """Read every adoption up to a position."""
    return Adoptions(
        [
            Adoption(
                rule=row["rule"],
                position=Position(row["position"]),
                adopted_at=row["recorded_at"],
                adopted_by=row["ordered_by"],
            )
            for row in await connection.fetch(sql.select_adoptions, RULE_SUBJECT, to)
        ]
    )


async def note_order(pool: Pool, id_: UUID, *, by: str) -> None:
    """Note who orders a rule to be adopted, before it is."""
    await pool.execute(sql.insert_order, id_, by)
