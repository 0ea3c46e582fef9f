"""`ostraka import votes`, as its users run it."""

import gzip
import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest

from events.log.connection import Connection, create_pool
from events.log.loading import find_voters
from tests.support.folds import fold_all
from tests.support.importing import (
    OPTIONS,
    UN_OPTIONS,
    count,
    environment_of,
    first_country,
    import_votes,
    made_votes,
    served,
    summary,
    un_votes,
)
from tests.support.logs import open_writer
from tests.support.rulings import an_order, revert, rule
from tests.support.up import END_S_MAX, OSTRAKA, wait_until

ROWS = b"""tool,voter,choice,at
C++,ann,ship,2020-01-01
C#,ann,skip,2020-01-01T10:00:00+02:00
"Multi
line",bob,ship,2020-01-01

hammer,"bob,ship,2020-01-01
hammer,joe,ship,2020-01-02
hammer,joe,skip,2020-01-03
hammer,jim
hammer,jo\xff,ship,2020-01-01
!!!,bob,ship,2020-01-01
hammer,zoe,maybe,2020-01-01
"""
REPORT = """ostraka: a quote is opened and not closed well: 1 row, line 7
ostraka: 2 values, but the header names 4 columns: 1 row, line 10
ostraka: the voter is not UTF-8: 1 row, line 11
ostraka: choice 'maybe' is not mapped: 1 row, line 13
ostraka: the tool's name '!!!' has no letter or digit for a slug: 1 row, line 12
ostraka: 'C#' has the slug c-2, because another name makes the same slug
"""


@pytest.fixture
def env(database_url: str, valkey_url: str) -> dict[str, str]:
    return environment_of(database_url, valkey_url)


def start(command: list[str], env: dict[str, str], errors: Path) -> subprocess.Popen[str]:
    with errors.open("w") as stderr:
        return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=stderr, text=True)


async def test_the_united_nations_votes_come_to_what_an_independent_count_says_also_without_a_country(
    env: dict[str, str], owner: Connection, tmp_path: Path
) -> None:
    path = un_votes(tmp_path)
    tallies, abstentions = count(path)
    result = import_votes(env, path, *UN_OPTIONS, "--create-tools")
    assert result.returncode == 0, result.stderr
    assert f"choice 'abstain' is not mapped: {abstentions:,} rows, first in lines " in result.stderr
    assert summary(result)["rows could not be used"] == abstentions
    assert summary(result)["tools were listed"] == len(tallies)
    assert await served(owner, list(tallies)) == tallies

    head = await owner.fetchval("SELECT position FROM log.head")
    again = import_votes(env, path, *UN_OPTIONS, "--create-tools")
    assert again.stdout.endswith("\nnothing changed\n")
    assert summary(again)["votes stood so already"] == summary(result)["votes changed something"]
    assert await owner.fetchval("SELECT position FROM log.head") == head

    country = first_country(path)
    async with (
        create_pool(env["DATABASE_URL"], size_max=4) as pool,
        open_writer(env["DATABASE_URL"]) as writer,
        pool.acquire() as connection,
    ):
        voter = (await find_voters(connection, [country]))[country]
        retracted = await rule(pool, writer, an_order("retract", voter=str(voter)))
        assert retracted.applied == retracted.matched > 0
        await fold_all(pool)
        assert await served(owner, list(tallies)) == count(path, without=country)[0]
        assert (await revert(pool, writer, retracted)).applied == retracted.matched
        await fold_all(pool)
        assert await served(owner, list(tallies)) == tallies


async def test_rows_that_cannot_be_used_are_reported_and_the_rest_goes_on(
    env: dict[str, str], owner: Connection, tmp_path: Path
) -> None:
    path, rejects = tmp_path / "votes.csv", tmp_path / "rejects.csv"
    path.write_bytes(ROWS)
    options = (*OPTIONS, "--at", "at", "--create-tools", "--rejects", str(rejects))
    result = import_votes(env, path, *options)
    assert (result.returncode, result.stderr) == (0, REPORT)
    assert [line.split(",")[0] for line in rejects.read_text().splitlines()] == [
        "line", "7", "10", "11", "13", "12",
    ]  # fmt: skip
    tools = ["c", "c-2", "multi-line", "hammer"]
    assert await served(owner, tools) == {"c": (1, 0), "c-2": (0, 1), "multi-line": (1, 0), "hammer": (0, 1)}
    names = await owner.fetch("SELECT name, category FROM read.tools ORDER BY position")
    assert [name for name, _ in names] == ["C++", "C#", "Multi\nline", "hammer"]
    assert {category for _, category in names} == {"imported"}
    times = await owner.fetch("SELECT occurred_at FROM log.events WHERE type = 'VoteCast' ORDER BY position")
    assert [time.isoformat() for (time,) in times[:2]] == [
        "2020-01-01T00:00:00+00:00",
        "2020-01-01T08:00:00+00:00",
    ]


def test_without_create_tools_only_listed_tools_get_votes(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("tool,voter,choice\nhammer,ann,ship\n")
    result = import_votes(env, path, *OPTIONS)
    assert result.returncode == 0
    assert result.stderr == "ostraka: No tool 'hammer' is listed: 1 row, line 2\n"
    assert summary(import_votes(env, path, *OPTIONS, "--create-tools"))["tools were listed"] == 1
    path.write_text("tool,voter,choice\nHAMMER,ben,ship\n")
    assert summary(import_votes(env, path, *OPTIONS))["votes changed something"] == 1


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("none.csv", None, (), "does not exist"),
        ("votes.csv", b"", (), "is empty"),
        ("votes.csv.gz", b"", (), "is empty"),
        ("votes.csv.gz", b"tool,voter,choice\n", (), "is not gzipped, though its name says so"),
        ("votes.csv.gz", gzip.compress(b"tool,voter\n", mtime=0)[:-12], (), "is cut off or damaged"),
        (
            "votes.csv",
            b"tool;voter;choice\n",
            (),
            "has no column 'tool'; its columns are 'tool;voter;choice'",
        ),
        ("votes.csv", b"tool,voter,choice,tool\n", (), "has 2 columns named 'tool'"),
        ("votes.csv", b"\x7fELF\0\0\0\n", (), "is not a CSV file"),
        (
            "votes.csv",
            b"tool,voter,choice\n",
            ("--at", "day"),
            "has no column 'day'; its columns are 'tool', 'voter',",
        ),
        ("votes.csv", b"tool,voter,choice\n", ("--skip", "ship"), "cannot mean both --ship and --skip"),
    ],
)
def test_an_unusable_file_is_one_line_and_exit_status_2(
    name: str, content: bytes | None, options: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = import_votes({**os.environ, "OSTRAKA_HOME": str(tmp_path / "home")}, path, *OPTIONS, *options)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert not (tmp_path / "home").exists()


async def test_ctrl_c_keeps_what_was_committed_and_importing_again_does_the_rest(
    env: dict[str, str], owner: Connection, tmp_path: Path
) -> None:
    path = made_votes(tmp_path / "votes.csv.gz", roll_calls=1_500)
    tallies, _ = count(path)
    command = [*OSTRAKA, "import", "votes", str(path), *UN_OPTIONS, "--create-tools"]
    errors = tmp_path / "errors"
    process = start(command, env, errors)
    while not await owner.fetchval("SELECT position FROM log.head"):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=END_S_MAX)
    assert process.returncode == 130
    assert "everything up to line " in errors.read_text()
    assert "votes changed something" in output
    assert 0 < await owner.fetchval("SELECT position FROM log.head") < sum(map(sum, tallies.values()))

    assert import_votes(env, path, *UN_OPTIONS, "--create-tools").returncode == 0
    assert await served(owner, list(tallies)) == tallies


def test_a_terminal_gets_a_progress_bar(env: dict[str, str], tmp_path: Path) -> None:
    path = made_votes(tmp_path / "votes.csv.gz", roll_calls=50)
    command = [*OSTRAKA, "import", "votes", str(path), *UN_OPTIONS, "--create-tools"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, env={**env, "COLUMNS": "120", "TERM": "xterm"}, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    seen = bytearray()

    def ended() -> bool:
        try:
            seen.extend(os.read(ours, 65_536))
        except OSError:  # the other side is closed
            return True
        return False

    assert wait_until(ended)
    assert process.wait(timeout=END_S_MAX) == 0
    os.close(ours)
    assert all(
        words in seen.decode() for words in ("importing", "100%", " rows, ", "/s", "left", "rows read")
    )
