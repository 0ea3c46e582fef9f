"""What a read model is: a name, its tables, and the statements that fold a range of the log into them."""

from hashlib import sha256
from importlib.resources import files
from typing import Final

from msgspec import Struct

from events.facts import Fact

FOLD_LOCKS: Final = 7320
"""First half of the advisory locks that let one worker at a time fold a given model."""


class ReadModel(Struct, frozen=True):
    """A read model's definition.

    Attributes:
        name: Folder name; also the key of its checkpoint.
        number: Never reused; the second half of its advisory lock.
        types: Types of the events it folds; a range without any only moves the checkpoint.
        tables: Script that drops and creates the model's tables.
        folds: Statements run one after the other. Each takes the range as $1 (exclusive) and $2
            (inclusive) and returns the `subject_id`s it changed.
    """

    name: str
    number: int
    types: tuple[str, ...]
    tables: str
    folds: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Name this definition; another fingerprint in the database means that it must be folded anew."""
        return sha256("\0".join((*self.types, self.tables, *self.folds)).encode()).hexdigest()


def define(name: str, *, number: int, types: tuple[type[Fact], ...], folds: tuple[str, ...]) -> ReadModel:
    """Read a model's scripts from its folder.

    Raises:
        FileNotFoundError: a script named here does not exist.
    """
    folder = files(f"projections.{name}")
    return ReadModel(
        name=name,
        number=number,
        types=tuple(fact.__name__ for fact in types),
        tables=folder.joinpath("tables.sql").read_text(),
        folds=tuple(folder.joinpath(f"{fold}.sql").read_text() for fold in folds),
    )
