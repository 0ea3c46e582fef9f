"""The crowd's votes by a rule: which of them count, and the ranks that follow."""

from collections.abc import Iterable, Mapping

from asyncpg import Record

from events.ids import SubjectId
from projections.rules.rule import Rule
from projections.rules.tallies import Tally


def count_votes(row: Record, rule: Rule) -> Tally:
    """Count the votes of a row, people without an account told apart in it, that count by a rule."""
    return Tally(
        ship=rule.counted(row["ship"], anonymous=row["anonymous_ship"]),
        skip=rule.counted(row["skip"], anonymous=row["anonymous_skip"]),
    )


def rank_categories(rule: Rule, categories: Iterable[Mapping[SubjectId, Tally]]) -> dict[SubjectId, str]:
    """Rank the tools of each category among themselves, as its leaderboard by community does."""
    ranks: dict[SubjectId, str] = {}
    for tallies in categories:
        ranks |= rule.ranks(tallies, votes_min=rule.ranked_votes_min)
    return ranks
