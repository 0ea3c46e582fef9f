"""A measured figure beside its limit and its goal."""

from msgspec import Struct


class Figure(Struct, frozen=True, kw_only=True):
    """One line of the report.

    Attributes:
        events: Events in the log when it was measured.
        limit: Measured in turn with the figure, or a fixed bound; None where there is none.
        goal: The least figure ÷ limit, or with `lower_is_better` the greatest; None for no goal.
    """

    group: str
    name: str
    events: int
    value: float
    unit: str
    limit: float | None = None
    limit_name: str = ""
    goal: float | None = None
    lower_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """Figure ÷ limit."""
        return self.value / self.limit if self.limit else None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.ratio is None or self.goal is None:
            return None
        return self.ratio <= self.goal if self.lower_is_better else self.ratio >= self.goal


class Setting(Struct, frozen=True, kw_only=True):
    """How large and how long to measure."""

    events: int
    rounds: int
    seconds: float
    rows: int
    samples: int
    idle_s: float


def full(events: int) -> Setting:
    """Measure as `make bench` does."""
    return Setting(events=events, rounds=3, seconds=2.5, rows=200_000, samples=80, idle_s=20.0)


def short(events: int) -> Setting:
    """Measure just enough to see that everything runs."""
    return Setting(events=events, rounds=1, seconds=0.15, rows=500, samples=2, idle_s=0.2)
