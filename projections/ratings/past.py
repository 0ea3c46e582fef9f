"""Ratings at past positions: fitted on demand, and cached."""

from collections import OrderedDict
from collections.abc import Mapping
from time import monotonic
from typing import Final

from events.ids import Position
from projections.past.moments import State
from projections.ratings.outcomes import count_past_outcomes, fit_outcomes
from projections.ratings.rating import Rating
from projections.rules.rule import Rule

FITS_REMEMBERED_MAX: Final = 64
REMEMBERED_S: Final = 600.0
"""Past preferences never change, but tallies that drifted are repaired."""

Ratings = Mapping[str, Rating]
"""Ratings by slug."""


class PastRatings:
    """The past fits of one process."""

    def __init__(self) -> None:
        self._fits: OrderedDict[tuple[str, Position, Position, str], tuple[float, Ratings]] = OrderedDict()

    async def read(
        self,
        state: State,
        context: str,
        *,
        position: Position,
        corrected: bool,
        rule: Rule | None = None,
    ) -> Ratings:
        """Rate the tools in a context as of a position, at most `state.known`, as published or corrected.

        By a rule, or by that of the position (None).
        """
        if not position:
            return {}
        rule = rule or state.rules.at(position)
        key = (context, position, state.known if corrected else position, rule.name)
        fitted_at, ratings = self._fits.get(key, (0.0, {}))
        if key not in self._fits or monotonic() > fitted_at + REMEMBERED_S:
            outcomes = await count_past_outcomes(
                state, context, position=position, corrected=corrected, rule=rule
            )
            ratings = await fit_outcomes(outcomes, rule)
            self._fits[key] = (monotonic(), ratings)
        self._fits.move_to_end(key)
        while len(self._fits) > FITS_REMEMBERED_MAX:
            self._fits.popitem(last=False)
        return ratings
