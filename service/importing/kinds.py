"""What tells one kind of file from another: what its rows order, and what the outcome is called."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic

from msgspec import Struct

from events.facts import PreferenceCast, VoteCast
from events.log.commands import Command
from service.importing.rejects import Reason
from service.importing.rows import Choice, Row

Slugs = Mapping[str, str | Reason]
"""The slug of each tool named so far, or why it has none."""

Ordered = tuple[int, Command | Reason, tuple[str, ...]]
"""A row's line, its order to the log or why there is none, and the slugs of the tools that it needs."""

OrderMaker = Callable[[Iterable[Row[Choice]], Slugs], Iterator[Ordered]]
"""Turns rows into orders, in their order."""


class Kind(Struct, Generic[Choice], frozen=True, kw_only=True):
    """A kind of file.

    Attributes:
        noun: What its rows are, in the plural.
        choice_is: What a row says of its tools.
        open: Makes what turns one file's rows into orders.
        replaces: The fact of which it is told how many took the place of an earlier one; None to leave it.
    """

    noun: str
    choice_is: str
    open: Callable[[], OrderMaker[Choice]]
    replaces: type[VoteCast | PreferenceCast] | None = None
