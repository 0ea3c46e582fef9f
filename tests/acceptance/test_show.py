"""`ostraka show`, as readers at a terminal and programs behind a pipe run it."""

import json
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

from service.cli import main
from service.embedded.home import Home
from service.embedded.servers import servers
from tests.support.service import Caller, Service, fresh
from tests.support.side_by_side import listed, preferred, reviewed, seated, voted
from tests.support.up import ostraka, temporary_home

ATTEMPTS_MAX: Final = 10


async def test_as_data_it_is_what_the_service_answers(service: Service, caller: Caller) -> None:
    category = fresh("kind")
    a, b = await listed(caller, "hammer", "nail")
    for slug in (a, b):
        await caller.list_tool(slug, name=slug, category=category)
    await reviewed(caller, a, await seated(caller, "builder"), "ship")
    await voted(caller, a, ship=4, skip=2)
    position = await preferred(caller, a, b, [a, a, "tie", b], "code-review")
    await caller.score(a, after=position)
    for path, arguments in (
        (f"/v1/compare/{b}/{a}?context=code-review", ("compare", b, a, "--context", "code-review")),
        (
            f"/v1/compare/{a}/{b}?as_of={position - 1}&corrected=true",
            ("compare", a, b, "--as-of", str(position - 1), "--corrected"),
        ),
        (
            f"/v1/leaderboards/{category}?by=matchups&as_of={position}&limit=1",
            ("leaderboard", category, "--by", "matchups", "--as-of", str(position), "--limit", "1"),
        ),
    ):
        said = await shown_while_nothing_changes(service, caller, path, arguments)
        assert json.loads(said)["position"] >= position - 1


async def shown_while_nothing_changes(
    service: Service, caller: Caller, path: str, arguments: tuple[str, ...]
) -> str:
    """Return what a command prints as data, and make sure that the service answers the very same.

    Ratings are fitted anew a moment after a preference, so the answer has to be the same before and after.
    """
    before = ""
    for _ in range(ATTEMPTS_MAX):
        before = (await caller.client.get(path)).text
        shown = ostraka("show", *arguments, "--json", "--home", str(service.home.folder))
        if before == (await caller.client.get(path)).text:
            assert (shown.returncode, shown.stderr) == (0, "")
            assert shown.stdout == before + "\n"
            return shown.stdout
    raise AssertionError(before)


@pytest.fixture(scope="module")
def demo() -> Generator[Path]:
    """A home with the demo, where no service runs."""
    with temporary_home() as home:
        assert ostraka("demo", "--home", str(home)).returncode == 0
        yield home


def test_without_a_service_it_brings_its_own_servers_and_fits_ratings_itself(demo: Path) -> None:
    result = ostraka("show", "leaderboard", "--by", "matchups", "--home", str(demo))
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "All tools"
    assert sum(" matchups" in line for line in lines) == 8
    assert sum("├" in line and "●" in line and "┤" in line for line in lines) == 8
    assert "\x1b" not in result.stdout


def test_a_comparison_without_a_terminal_is_plain(demo: Path) -> None:
    tools = ("gpt-5-mini-api", "llama-4-compact-12b", "phi-4")
    env = {"PYTHONIOENCODING": "ascii", "COLUMNS": "100"}
    result = ostraka("show", "compare", *tools, "--as-of", "2999-12-31", "--home", str(demo), env=env)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.isascii()
    assert "\x1b" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert "No verdict yet" in result.stdout
    assert result.stdout.index("The verdict") > result.stdout.index("What the panel says")


def test_what_is_not_there_is_one_line_and_exit_status_2(demo: Path) -> None:
    known = "known: code-review, overall, summarising"
    two = ("compare", "phi-4", "gemma-3-12b")
    with servers(Home(demo)):
        for arguments, words in (
            (("compare", "phi-4", "gpt-5-mini"), "'gpt-5-mini' is listed. Did you mean gpt-5-mini-api?"),
            ((*two, "--context", "poetry"), known),
            ((*two, "--as-of", "999999"), "The log ends at position 30"),
            (("leaderboard", "language-model"), "'language-model'; did you mean language-models?"),
        ):
            result = ostraka("show", *arguments, "--home", str(demo))
            assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
            assert words in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("compare", "a", "a"), "'a' is named twice"),
        (("compare", *"abcdef"), "Name 2 to 5 tools, not 6"),
        (("compare", "a", "b", "--corrected"), "--corrected goes with --as-of"),
        (("compare", "a", "b", "--as-of", "soon"), "'soon' is not a position, a time like"),
        (("leaderboard", "--context", "overall"), "it goes with --by matchups"),
    ],
)
def test_what_makes_no_sense_is_told_before_any_server_is_looked_for(
    arguments: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["ostraka", "show", *arguments, "--home", "/dev/null/nowhere"])
    status = main()
    said = capsys.readouterr()
    assert (status, said.out, said.err.count("\n")) == (2, "", 1)
    assert words in said.err
