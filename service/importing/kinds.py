"""How the kinds of files differ: the commands that their rows become, and the words of the report."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic

from msgspec import Struct

from events.facts import PreferenceCast, VoteCast
from events.log.commands import Command
from service.importing.rejects import RejectReason
from service.importing.rows import ChoiceT, FileRow

Slugs = Mapping[str, str | RejectReason]
"""The slug of each tool name seen so far, or the reason why it has none."""

RowCommand = tuple[int, Command | RejectReason, tuple[str, ...]]
"""A row's line, its command or the reason why it has none, and the slugs of the tools that it needs."""

CommandMaker = Callable[[Iterable[FileRow[ChoiceT]], Slugs], Iterator[RowCommand]]
"""Turns rows into commands, and keeps their order."""


class FileKind(Struct, Generic[ChoiceT], frozen=True, kw_only=True):
    """A kind of file.

    Attributes:
        noun: The word for its rows, in the plural.
        choice_is: The word for a row's choice.
        new_maker: Makes the function that turns the rows of one file into commands.
        replaces: The fact for which the report counts how many replaced an earlier one; None for no count.
    """

    noun: str
    choice_is: str
    new_maker: Callable[[], CommandMaker[ChoiceT]]
    replaces: type[VoteCast | PreferenceCast] | None = None
