"""Gives each tool name a slug. Two names never get the same one.

slugify makes the slug of a name. If another name has that slug already, in the log or earlier in the file, a
number is added: `-2`, `-3` and so on. The log keeps the names, so a second import finds each tool under the
slug that it got, whatever the order of the rows.
"""

import re
from collections.abc import Iterable
from typing import Final

from slugify import slugify

from events.ids import SLUG_LENGTH_MAX, SLUG_PATTERN, SubjectId, tool_subject
from events.log import sql
from events.log.connection import Pool
from service.importing.rejects import RejectReason, quote
from service.importing.rows import unstorable

NUMBERS_MAX: Final = 100
"""So many different names of one slug are numbered; further ones are refused."""

_is_slug = re.compile(SLUG_PATTERN).match

KnownNames = dict[str, set[str]]
"""All names that the tools with these slugs ever had in the log; unlisted slugs have no entry."""


class Naming:
    """Knows the slug of each name seen so far, or the reason why it has none.

    Attributes:
        slugs: The slug or the reason, by name.
        owners: The name, by slug.
        numbered: The slug, by name, for names whose slug got a number.
    """

    def __init__(self, pool: Pool, *, create: bool) -> None:
        self._pool = pool
        self._create = create
        self.slugs: dict[str, str | RejectReason] = {}
        self.owners: dict[str, str] = {}
        self.numbered: dict[str, str] = {}

    async def learn(self, names: Iterable[str]) -> None:
        """Find the slug of each name that is new."""
        new = [name for name in dict.fromkeys(names) if name not in self.slugs]
        bases = {name: slug_of(name) for name in new if not unstorable("tool", name)}
        known = await self._read_names({base for base in bases.values() if base})
        # Names from the log come first, so that another spelling does not take their slug.
        named = {name for names in known.values() for name in names}
        for name in sorted(new, key=lambda name: name not in named):
            found = unstorable("tool", name) or self._choose(name, bases[name], known)
            self.slugs[name] = found
            if isinstance(found, str):
                self.owners[found] = name
                if found != bases[name]:
                    self.numbered[name] = found

    def _choose(self, name: str, base: str, known: KnownNames) -> str | RejectReason:
        if not base:
            return RejectReason(
                "the tool's name has no letter or digit for a slug",
                f"the tool's name {quote(name)} has no letter or digit for a slug",
            )
        free: list[str] = []
        for slug in (numbered(base, number) for number in range(1, NUMBERS_MAX + 1)):
            if slug in self.owners:
                continue
            if name in known.get(slug, ()):
                return slug
            free.append(slug)
            if slug not in known:
                break  # numbers have no gaps
        if base in free and (base == name or not self._create or base not in known):
            return base
        if self._create:
            for slug in free:
                if slug not in known:
                    return slug
        owner = self.owners.get(base, base)
        return RejectReason(
            "two names make the same slug",
            f"the tool's name {quote(name)} makes the same slug as {quote(owner)} before it",
        )

    async def _read_names(self, bases: set[str]) -> KnownNames:
        """Read the names of these slugs and of their numbered forms, up to the first free number."""
        known: KnownNames = {}
        asked = {base: base for base in bases}
        for number in range(2, NUMBERS_MAX + 2):
            slugs = {tool_subject(slug): slug for slug in asked}
            rows = await self._pool.fetch(sql.select_tool_names, list(slugs)) if slugs else []
            for row in rows:
                known.setdefault(slugs[SubjectId(row["subject_id"])], set()).add(row["name"])
            asked = {numbered(base, number): base for slug, base in asked.items() if slug in known}
        return known


def numbered(base: str, number: int) -> str:
    """Return the slug of the nth name that makes `base`, cut to the greatest length of a slug."""
    if number == 1:
        return base
    suffix = f"-{number}"
    return base[: SLUG_LENGTH_MAX - len(suffix)].rstrip("-") + suffix


def slug_of(name: str) -> str:
    """Make a slug of a name. A slug stays as it is; a name without letters and digits has none, ""."""
    if len(name) <= SLUG_LENGTH_MAX and _is_slug(name):
        return name
    return slugify(name, max_length=SLUG_LENGTH_MAX)
