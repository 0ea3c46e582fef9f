"""How long work shows how far it is: a bar with rate and time left on a terminal, plain lines elsewhere."""

import io
import re

import pytest

from service.cli import progress as module
from service.cli.progress import progress


class Terminal(io.StringIO):
    """Standard error where a person looks at it."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


def work(stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, total: int) -> str:
    """Return what is shown of work on so many things."""
    monkeypatch.setattr("sys.stderr", stderr)
    with progress("folding", total=total, unit="events") as report:
        report(total // 2, total // 2)
        report(total, total)
    return stderr.getvalue()


def test_a_terminal_shows_a_bar_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = work(Terminal(), monkeypatch, total=2_000)
    assert re.search(r"folding .*100%.* 2,000 events, [\d,]+/s .*0:00:00.* left", shown)


def test_elsewhere_there_are_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINES_EVERY_S", 0)
    lines = work(io.StringIO(), monkeypatch, total=2_000).splitlines()
    assert [re.sub(r"[\d,]+/s", "N/s", line) for line in lines] == [
        "ostraka: folding: 1,000 events, N/s, 50%, 0 s left",
        "ostraka: folding: 2,000 events, N/s, 100%, 0 s left",
    ]


def test_a_terminal_shows_no_bar_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "0%" not in work(Terminal(), monkeypatch, total=0)
