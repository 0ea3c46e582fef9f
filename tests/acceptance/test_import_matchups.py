"""`ostraka import matchups`, as its users run it."""

import csv
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from events.log.connection import Connection, create_pool
from service.commands.catalogue import DelistTool
from service.commands.matchups import WithdrawPreference, matchup_of
from tests.support.importing import environment_of, import_matchups, summary
from tests.support.llmfao import LLMFAO, Row, read_rows
from tests.support.logs import open_writer, write
from tests.support.preferences import classify, count, overall, served, shuffled
from tests.support.rulings import an_order, rule

SIDES = ("--left", "left", "--right", "right", "--winner", "winner")
VALUES = ("--left-wins", "left", "--right-wins", "right", "--tie", "tie")
LLMFAO_OPTIONS = (*SIDES, *VALUES, "--voter", "worker")
OPTIONS = (*SIDES, *VALUES, "--voter", "voter")
CLASSES = ("preferences are new", "preferences replaced an earlier one", "preferences stood so already")

ROWS = """left,right,winner,voter,context,at
Hammer,Nail,left,ann,Code Review,2020-01-01
Nail,Hammer,left,ann,code-review,2020-01-01
Nail,Hammer,tie,bob,Code Review,2020-01-02T10:00:00+02:00
Hammer,Hammer,left,bob,Code Review,2020-01-01
Hammer,,left,bob,Code Review,2020-01-01
Hammer,!!!,left,bob,Code Review,2020-01-01
Saw,Tie,left,bob,Code Review,2020-01-01
Hammer,Nail,Hammer,bob,Code Review,2020-01-01
Hammer,Nail,left,bob,***,2020-01-01
Hammer,Nail,left,bob,,2020-01-01
Hammer,Nail,left,bob,Code Review,yesterday
Hammer,Nail,left,bob
Nail,Hammer,left,ann,Code Review,2020-01-03
Nail,Hammer,left,ann,Code Review,2020-01-04
"""
REASONS = {
    "the context 'code-review' makes the same slug as 'Code Review' before it": 3,
    "A matchup is between two tools; 'hammer' is named twice": 5,
    "no value in column 'right'": 6,
    "the tool's name '!!!' has no letter or digit for a slug": 7,
    "A tool with the slug 'tie' has no matchups: nobody could tell its win from a tie": 8,
    "winner 'Hammer' is not mapped": 9,
    "the context '***' has no letter or digit for a slug": 10,
    "no value in column 'context'": 11,
    "'yesterday' is not an ISO 8601 date or time": 12,
    "4 values, but the header names 6 columns": 13,
}


@pytest.fixture
def env(database_url: str, valkey_url: str) -> dict[str, str]:
    return environment_of(database_url, valkey_url)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_rows()


def classes(result: subprocess.CompletedProcess[str]) -> tuple[int, ...]:
    """Read what the summary says of each class, once it is seen to account for every row."""
    said = summary(result)
    found = tuple(said[words] for words in CLASSES)
    assert said["rows read"] == sum(found) + said["rows could not be used"]
    return found


async def test_real_preferences_come_to_what_an_independent_count_says(
    env: dict[str, str], owner: Connection, rows: Sequence[Row]
) -> None:
    options = (*LLMFAO_OPTIONS, "--context", "prompt", "--create-tools")
    result = import_matchups(env, LLMFAO, *options)
    assert (result.returncode, result.stderr.count("could not")) == (0, 0), result.stderr
    assert classes(result) == classify(rows) == (len(rows), 0, 0)
    assert summary(result)["tools were listed"] == 59
    assert await served(owner) == count(rows)

    head = await owner.fetchval("SELECT position FROM log.head")
    again = import_matchups(env, LLMFAO, *options)
    assert again.stdout.endswith("\nnothing changed\n")
    assert classes(again) == (0, 0, len(rows))
    assert await owner.fetchval("SELECT position FROM log.head") == head


@pytest.mark.parametrize("seed", [None, 11], ids=["in the file's order", "shuffled"])
async def test_without_contexts_a_voters_last_row_on_a_pair_stands(
    seed: int | None, env: dict[str, str], owner: Connection, rows: Sequence[Row], tmp_path: Path
) -> None:
    path, given = LLMFAO, overall(rows)
    if seed is not None:
        path = tmp_path / "shuffled.csv"
        given = shuffled(path, given, seed=seed)
    result = import_matchups(env, path, *LLMFAO_OPTIONS, "--create-tools")
    new, replaced, same = classes(result)
    assert (new, replaced, same) == classify(given)
    assert (new, replaced + same) == (7_486, 1_445)
    assert seed is not None or (replaced, same) == (723, 722)
    assert await served(owner) == count(given)

    assert classes(import_matchups(env, path, *LLMFAO_OPTIONS, "--create-tools"))[0] == 0
    assert await served(owner) == count(given)


async def test_rows_that_cannot_be_used_are_reported_and_the_rest_goes_on(
    env: dict[str, str], owner: Connection, tmp_path: Path
) -> None:
    path, rejects = tmp_path / "matchups.csv", tmp_path / "rejects.csv"
    path.write_text(ROWS)
    options = (*OPTIONS, "--context", "context", "--at", "at", "--create-tools", "--rejects", str(rejects))
    result = import_matchups(env, path, *options)
    assert result.returncode == 0
    assert set(result.stderr.splitlines()) == {
        f"ostraka: {reason}: 1 row, line {line}" for reason, line in REASONS.items()
    }
    with rejects.open(encoding="utf-8", newline="") as file:
        assert {row["reason"]: int(row["line"]) for row in csv.DictReader(file)} == REASONS
    assert classes(result) == (2, 1, 1)
    assert await served(owner) == {("hammer", "nail", "code-review"): (0, 1, 1)}
    # A row that cannot be used lists no tool.
    names = await owner.fetch("SELECT name FROM read.tools ORDER BY position")
    assert [name for (name,) in names] == ["Hammer", "Nail"]
    times = await owner.fetch(
        "SELECT occurred_at FROM log.events WHERE type = 'PreferenceCast' ORDER BY position"
    )
    assert [time.isoformat() for (time,) in times] == [
        "2020-01-01T00:00:00+00:00",
        "2020-01-02T08:00:00+00:00",
        "2020-01-03T00:00:00+00:00",
    ]


async def test_what_a_row_replaces_may_stand_in_the_log_already(
    env: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "matchups.csv"
    rows = "left,right,winner,voter\n" + "".join(f"hammer,nail,left,{voter}\n" for voter in "abcd")
    path.write_text(rows)
    assert classes(import_matchups(env, path, *OPTIONS, "--create-tools")) == (4, 0, 0)
    async with (
        open_writer(database_url) as writer,
        create_pool(database_url, size_max=4) as pool,
        pool.acquire() as connection,
    ):
        await write(writer, WithdrawPreference(matchup=matchup_of("hammer", "nail"), account="b"))
        ruled_on = await connection.fetchval(
            "SELECT e.position FROM log.events e JOIN log.accounts a ON a.voter_id = e.actor_id "
            "WHERE a.account = 'c' AND e.type = 'PreferenceCast'"
        )
        await rule(pool, writer, an_order("retract", positions=[ruled_on]))
    path.write_text(rows.replace("nail,left,a", "nail,tie,a"))
    # a says otherwise; b took it back and c's was retracted, so theirs are new; d says the same.
    assert classes(import_matchups(env, path, *OPTIONS)) == (2, 1, 1)
    path.write_text(rows.replace("left", "right").replace("right,right", "left,right", 1))
    assert classes(import_matchups(env, path, *OPTIONS)) == (0, 4, 0)


async def test_without_create_tools_only_listed_tools_have_matchups(
    env: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "matchups.csv"
    path.write_text("left,right,winner,voter\nHammer,Nail,left,ann\n")
    result = import_matchups(env, path, *OPTIONS)
    assert (result.returncode, result.stderr) == (0, "ostraka: No tool 'hammer' is listed: 1 row, line 2\n")
    assert classes(result) == (0, 0, 0)
    assert classes(import_matchups(env, path, *OPTIONS, "--create-tools")) == (1, 0, 0)
    async with open_writer(database_url) as writer:
        await write(writer, DelistTool("nail"))
    assert import_matchups(env, path, *OPTIONS).stderr == "ostraka: No tool 'nail' is listed: 1 row, line 2\n"


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (None, (), "does not exist"),
        ("", (), "is empty"),
        (
            "left,right,who,voter\n",
            (),
            "has no column 'winner'; its columns are 'left', 'right', 'who', 'voter'",
        ),
        ("left,right,winner,voter\n", ("--context", "prompt"), "has no column 'prompt'"),
        ("left,right,winner,voter\n", ("--right", "left"), "'left' is the column of the left tools already"),
        ("left,right,winner,voter\n", ("--tie", "left"), "'left' cannot mean both --left-wins and --tie"),
        ("left,right,winner,voter\n", ("--nonsense",), "No such option"),
    ],
)
def test_an_unusable_file_or_argument_is_one_line_and_exit_status_2(
    content: str | None, options: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "matchups.csv"
    if content is not None:
        path.write_text(content)
    home = {**os.environ, "OSTRAKA_HOME": str(tmp_path / "home")}
    result = import_matchups(home, path, *OPTIONS, *options)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert words in result.stderr
    assert not (tmp_path / "home").exists()
