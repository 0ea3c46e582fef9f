"""Rows into preferences in matchups."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from events.facts import OVERALL, TIE, PreferenceCast
from events.log.commands import Refusal
from service.commands.matchups import CastPreference, matchup_of
from service.importing.kinds import Kind, Ordered, Slugs
from service.importing.naming import slug_of
from service.importing.rejects import Reason, refused, shown
from service.importing.rows import Row, unstorable

Side = Literal["left", "right", "tie"]
"""Who won: the tool in the left column, the one in the right column, or neither."""


class PreferenceOrders:
    """Orders preferences to be cast. Two names of a context never come to the same slug."""

    def __init__(self) -> None:
        self._contexts: dict[str, str | Reason] = {}
        self._named: dict[str, str] = {}

    def order(self, rows: Iterable[Row[Side]], slugs: Slugs) -> Iterator[Ordered]:
        """Order each row's preference to be cast."""
        for line, (left_name, right_name), voter, side, context_name, at in rows:
            left, right = slugs[left_name], slugs[right_name]
            context = OVERALL if context_name is None else self._context(context_name)
            if isinstance(left, Reason) or isinstance(right, Reason) or isinstance(context, Reason):
                reasons = (part for part in (left, right, context) if isinstance(part, Reason))
                yield line, next(reasons), ()
                continue
            try:
                matchup = matchup_of(left, right, context)
            except Refusal as refusal:
                yield line, refused(refusal), ()
                continue
            winner = {"left": left, "right": right, "tie": TIE}[side]
            yield (
                line,
                CastPreference(matchup=matchup, account=voter, winner=winner, occurred_at=at),
                (left, right),
            )

    def _context(self, name: str) -> str | Reason:
        found = self._contexts.get(name)
        if found is None:
            found = self._contexts[name] = unstorable("context", name) or self._name(name)
        return found

    def _name(self, name: str) -> str | Reason:
        slug = slug_of(name)
        if not slug:
            return Reason("the context makes no slug", f"the context {shown(name)} makes no slug")
        owner = self._named.setdefault(slug, name)
        if owner != name:
            return Reason(
                "two contexts make the same slug",
                f"the context {shown(name)} makes the same slug as {shown(owner)} before it",
            )
        return slug


PREFERENCES: Final = Kind[Side](
    noun="preferences",
    choice_is="winner",
    open=lambda: PreferenceOrders().order,
    replaces=PreferenceCast,
)
