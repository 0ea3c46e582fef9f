"""Tells how often one voter agrees with the rest of the crowd, and with the panel."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Pool
from projections import sql
from projections.past.counts import VOTES, sum_up
from projections.past.moments import open_state
from projections.rules.rule import Rule
from projections.rules.tallies import Tally


class Vote(Struct, frozen=True, kw_only=True):
    """A vote that counts, and its position."""

    subject_id: SubjectId
    position: Position
    ship: bool
    anonymous: bool


class Agreement(Struct, frozen=True):
    """The votes that agree with the majority of others, among those on tools with a majority."""

    agreed: int
    compared: int


class Agreements(Struct, frozen=True):
    """The agreement with the crowd without this voter, and with the panel."""

    crowd: Agreement
    panel: Agreement


async def read_agreements(pool: Pool, votes: Sequence[Vote]) -> Agreements:
    """Compare one voter's votes with the present counts, by the current rule.

    Votes that are not folded yet are left out.
    """
    subjects = [vote.subject_id for vote in votes]
    async with open_state(pool) as state:
        rule = state.rules.at(state.known)
        sums, _ = await sum_up(state, VOTES, subjects, state.known, corrected=False)
        known = [vote for vote in votes if vote.position <= state.known]
    others = [
        Tally(
            ship=sums[vote.subject_id]["ship"] - (vote.ship and _counts(vote, rule)),
            skip=sums[vote.subject_id]["skip"] - (not vote.ship and _counts(vote, rule)),
        )
        for vote in known
    ]
    rows = await pool.fetch(sql.select_panels, subjects)
    panels = {row["subject_id"]: Tally(ship=row["ship"], skip=row["skip"]) for row in rows}
    return Agreements(
        crowd=_compare(zip(known, others, strict=True)),
        panel=_compare((vote, panels.get(vote.subject_id, Tally())) for vote in known),
    )


def _counts(vote: Vote, rule: Rule) -> bool:
    return rule.counts_anonymous or not vote.anonymous


def _compare(pairs: Iterable[tuple[Vote, Tally]]) -> Agreement:
    decided = [(vote, tally) for vote, tally in pairs if tally.ship != tally.skip]
    agreed = sum(vote.ship == (tally.ship > tally.skip) for vote, tally in decided)
    return Agreement(agreed, len(decided))
