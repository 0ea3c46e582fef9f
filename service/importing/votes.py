"""Rows into votes."""

from collections.abc import Iterable, Iterator
from typing import Final

from events.facts import Choice
from service.commands.votes import CastVote
from service.importing.kinds import Kind, Ordered, Slugs
from service.importing.rejects import Reason
from service.importing.rows import Row


def order_votes(rows: Iterable[Row[Choice]], slugs: Slugs) -> Iterator[Ordered]:
    """Order each row's vote to be cast."""
    for line, (tool,), voter, choice, _, at in rows:
        slug = slugs[tool]
        if isinstance(slug, Reason):
            yield line, slug, ()
        else:
            yield line, CastVote(tool=slug, account=voter, choice=choice, occurred_at=at), (slug,)


VOTES: Final = Kind[Choice](noun="votes", choice_is="choice", open=lambda: order_votes)
