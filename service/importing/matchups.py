"""Turns rows into preferences in matchups."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from events.facts import OVERALL, TIE, PreferenceCast
from events.log.commands import Refusal
from service.commands.matchups import CastPreference, matchup_of
from service.importing.kinds import FileKind, RowCommand, Slugs
from service.importing.naming import slug_of
from service.importing.rejects import RejectReason, quote, reason_of
from service.importing.rows import FileRow, unstorable

Side = Literal["left", "right", "tie"]
"""The winner: the tool in the left column, the one in the right column, or neither."""


class PreferenceCommands:
    """Makes commands that cast preferences. Two names of contexts never get the same slug."""

    def __init__(self) -> None:
        self._contexts: dict[str, str | RejectReason] = {}
        self._named: dict[str, str] = {}

    def make(self, rows: Iterable[FileRow[Side]], slugs: Slugs) -> Iterator[RowCommand]:
        """Make a command that casts each row's preference."""
        for line, (left_name, right_name), voter, side, context_name, at in rows:
            left, right = slugs[left_name], slugs[right_name]
            context = OVERALL if context_name is None else self._context(context_name)
            if (
                isinstance(left, RejectReason)
                or isinstance(right, RejectReason)
                or isinstance(context, RejectReason)
            ):
                reasons = (part for part in (left, right, context) if isinstance(part, RejectReason))
                yield line, next(reasons), ()
                continue
            try:
                matchup = matchup_of(left, right, context)
            except Refusal as refusal:
                yield line, reason_of(refusal), ()
                continue
            winner = {"left": left, "right": right, "tie": TIE}[side]
            yield (
                line,
                CastPreference(matchup=matchup, account=voter, winner=winner, occurred_at=at),
                (left, right),
            )

    def _context(self, name: str) -> str | RejectReason:
        found = self._contexts.get(name)
        if found is None:
            found = self._contexts[name] = unstorable("context", name) or self._name(name)
        return found

    def _name(self, name: str) -> str | RejectReason:
        slug = slug_of(name)
        if not slug:
            return RejectReason(
                "the context has no letter or digit for a slug",
                f"the context {quote(name)} has no letter or digit for a slug",
            )
        owner = self._named.setdefault(slug, name)
        if owner != name:
            return RejectReason(
                "two contexts make the same slug",
                f"the context {quote(name)} makes the same slug as {quote(owner)} before it",
            )
        return slug


PREFERENCE_FILES: Final = FileKind[Side](
    noun="preferences",
    choice_is="winner",
    new_maker=lambda: PreferenceCommands().make,
    replaces=PreferenceCast,
)
