"""The definition of a read model: its tables, and the steps that fold a range of the log into them."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Final

from msgspec import Struct

from events.facts import Fact
from projections import cells

FOLD_LOCKS: Final = 7320
"""The first half of the advisory locks that let one worker at a time fold a given model."""

LIVE: Final = "read"
"""The schema of the live tables."""

RULED: Final = "a ruling, here or before"
"""Added to the types of a range's events: streams with rulings are folded by steps of their own."""


ANONYMOUS: Final = "a vote or preference without an account"
"""Added to the types of a range's events: these votes are also tallied apart."""


class Step(Struct, frozen=True):
    """One statement of a fold, and the statements that write its rows.

    Attributes:
        types: Types of the events that it folds; it is skipped for a range without any of them.
        statement: Takes the range as $1 (exclusive) and $2 (inclusive). Where it writes itself, it returns
            the `subject_id` of what changed.
        writes: Statements that add its rows, which they know as `changes`, to tables; what they return is
            the `subject_id` of what changed. With none the statement itself writes. Reading apart from
            writing lets Postgres read on several cores.
        in_cells: Whether the statement takes the size of a cell as $3.
        keys: Statement that takes the range and names what the step is about, if that is not the whole range.
            The step then runs for one page of keys after the other and takes their columns as arrays, behind
            its other parameters. So neither the worker nor Postgres ever holds more than a page of them.
    """

    types: tuple[str, ...]
    statement: str
    writes: tuple[str, ...] = ()
    in_cells: bool = False
    keys: str | None = None


class ReadModel(Struct, frozen=True):
    """A read model's definition.

    Attributes:
        name: Folder name; also the key of its checkpoint.
        number: Never reused; the second half of its advisory lock.
        tables: Names of the model's tables.
        create: Script that drops and creates them, in the schema that the search path names.
        steps: Run one after the other.
    """

    name: str
    number: int
    tables: tuple[str, ...]
    create: str
    steps: tuple[Step, ...]

    @property
    def fingerprint(self) -> str:
        """Identify this definition. If the database has another one, the model must be folded again."""
        words = [self.create]
        for step in self.steps:
            words += [*step.types, step.keys or "", step.statement, *step.writes]
            words += [str(cells.CELL_EVENTS)] if step.in_cells else []
        return sha256("\0".join(words).encode()).hexdigest()


class Folder:
    """Reads a model's scripts: `Folder("community")` those of `projections/community`."""

    def __init__(self, name: str) -> None:
        self._files = files(f"projections.{name}")

    def text(self, name: str) -> str:
        """Read one script.

        Raises:
            FileNotFoundError: there is no such script.
        """
        return self._files.joinpath(f"{name}.sql").read_text()

    def step(
        self,
        name: str,
        types: Sequence[type[Fact] | str],
        *,
        writes: Sequence[str] = (),
        in_cells: bool = False,
        keys: str | None = None,
    ) -> Step:
        """Make a step of the script of that name; `writes` and `keys` name others."""
        return Step(
            types=tuple(of if isinstance(of, str) else of.__name__ for of in types),
            statement=self.text(name),
            writes=tuple(self.text(write) for write in writes),
            in_cells=in_cells,
            keys=self.text(keys) if keys else None,
        )
