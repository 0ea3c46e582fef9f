"""Turns rows into votes."""

from collections.abc import Iterable, Iterator
from typing import Final

from events.facts import Choice
from service.commands.votes import CastVote
from service.importing.kinds import FileKind, RowCommand, Slugs
from service.importing.rejects import RejectReason
from service.importing.rows import FileRow


def vote_commands(rows: Iterable[FileRow[Choice]], slugs: Slugs) -> Iterator[RowCommand]:
    """Make a command that casts each row's vote."""
    for line, (tool,), voter, choice, _, at in rows:
        slug = slugs[tool]
        if isinstance(slug, RejectReason):
            yield line, slug, ()
        else:
            yield line, CastVote(tool=slug, account=voter, choice=choice, occurred_at=at), (slug,)


VOTE_FILES: Final = FileKind[Choice](noun="votes", choice_is="choice", new_maker=lambda: vote_commands)
