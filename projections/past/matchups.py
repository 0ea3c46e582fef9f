"""The crowd's preferences in the matchups of tools, context by context, now or at a position."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from events.ids import Position, SubjectId
from events.log.connection import Pool
from projections.past import sql
from projections.past.counts import PREFERENCES, sum_up
from projections.past.moments import At, State, open_state
from projections.rules.rule import Rule


class Preferences(Struct, frozen=True, kw_only=True):
    """How many voters' last preference is for the left tool, for the right one and for neither.

    Attributes:
        left_wins: Only those that count by the rule; so with `right_wins` and `ties`.
        anonymous: Preferences of people without an account, whether they count or not.
        excluded: Preferences that were retracted, by reason.
    """

    left_wins: int = 0
    right_wins: int = 0
    ties: int = 0
    anonymous: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict[str, int])


NONE: Final = Preferences()


class Matchups(Struct, frozen=True):
    """A pair's preferences in each context in which there ever was one. Exact at `position`."""

    position: Position
    contexts: Mapping[str, Preferences]


async def read_matchups(
    pool: Pool, left: str, right: str, *, at: At | None = None, corrected: bool = False
) -> Matchups:
    """Read the matchups of two tools, in alphabetical order, as they are or as they were at a moment."""
    async with open_state(pool) as state:
        position = state.known if at is None else await state.position(at)
        found = await count_among(state, (left, right), position=position, corrected=corrected)
        return Matchups(position, found.get((left, right), {}))


async def count_among(
    state: State, slugs: Sequence[str], *, position: Position, corrected: bool = False
) -> dict[tuple[str, str], dict[str, Preferences]]:
    """Count the preferences in the matchups among tools up to a position, at most `state.known`.

    Returns:
        By pair, in alphabetical order, and by context; contexts without any preference are left out.
    """
    rows = await state.connection.fetch(sql.select_matchups, slugs)
    names = {
        SubjectId(row["subject_id"]): (row["left_slug"], row["right_slug"], row["context"]) for row in rows
    }
    counts = await count_matchups(state, names, position=position, corrected=corrected)
    found: dict[tuple[str, str], dict[str, Preferences]] = {}
    for subject_id in sorted(names, key=names.__getitem__):
        if counts[subject_id] != NONE:
            left, right, context = names[subject_id]
            found.setdefault((left, right), {})[context] = counts[subject_id]
    return found


async def count_matchups(
    state: State,
    subjects: Mapping[SubjectId, object],
    *,
    position: Position,
    corrected: bool = False,
    rule: Rule | None = None,
) -> dict[SubjectId, Preferences]:
    """Count the preferences in each of these matchups up to a position, at most `state.known`.

    The rule decides which count; None is the rule of the position.
    """
    crowd, excluded = await sum_up(
        state, PREFERENCES, list(subjects), position, corrected=corrected, rule=rule
    )
    return {
        subject_id: Preferences(
            left_wins=crowd[subject_id]["left_wins"],
            right_wins=crowd[subject_id]["right_wins"],
            ties=crowd[subject_id]["ties"],
            anonymous=sum(crowd[subject_id]["anonymous_" + column] for column in PREFERENCES.columns),
            excluded=+excluded[subject_id],
        )
        for subject_id in subjects
    }
