"""Lines into records, and what is said of those that cannot be used."""

import io
from datetime import UTC, datetime

import pytest

from events.facts import Choice
from service.importing.naming import numbered
from service.importing.records import BLOCK_LINES, Malformed, Records
from service.importing.rejects import RejectReason, Rejects
from service.importing.rows import Columns, RowReader

COLUMNS = Columns[Choice](
    width=3,
    names=("tool", "voter", "choice"),
    tools=(0,),
    voter=1,
    choice=2,
    choices={"yes": "ship", "no": "skip"},
    choice_is="choice",
)


def records(text: str) -> list[tuple[int, list[str] | Malformed]]:
    lines = io.StringIO(text, newline="")
    return [record for block in Records(lines, first_line=2) for record in block]


def test_records_know_the_physical_line_they_begin_on() -> None:
    found = records('a,b\n"c\nd\r\ne",f\n\ng,h\n')
    assert found == [(2, ["a", "b"]), (3, ["c\nd\r\ne", "f"]), (6, []), (7, ["g", "h"])]


def test_a_quote_that_is_never_closed_costs_its_own_line_alone() -> None:
    found = records('a,b\nc,"d\ne,f\n"g",h\ni,j')
    assert [line for line, values in found if isinstance(values, Malformed)] == [3]
    assert [values for _, values in found if isinstance(values, list)] == [
        ["a", "b"],
        ["e", "f"],
        ["g", "h"],
        ["i", "j"],
    ]


@pytest.mark.parametrize("quoted_at", [0, 1, BLOCK_LINES - 2, BLOCK_LINES - 1, BLOCK_LINES, 2 * BLOCK_LINES])
def test_a_value_over_two_lines_may_stand_anywhere_in_a_long_file(quoted_at: int) -> None:
    rows = [f"{number},x\n" for number in range(3 * BLOCK_LINES)]
    rows[quoted_at] = f'{quoted_at},"x\ny"\n'
    found = records("".join(rows))
    assert [values[0] for _, values in found if isinstance(values, list)] == [
        str(number) for number in range(3 * BLOCK_LINES)
    ]
    assert found[quoted_at][0] == quoted_at + 2
    assert found[-1][0] == 3 * BLOCK_LINES + 2


@pytest.mark.parametrize("broken_at", [0, BLOCK_LINES - 1, BLOCK_LINES])
def test_a_broken_line_at_a_blocks_edge_costs_itself_alone(broken_at: int) -> None:
    rows = [f"{number},x\n" for number in range(2 * BLOCK_LINES)]
    rows[broken_at] = f'{broken_at},"x\n'
    found = records("".join(rows))
    assert [line for line, values in found if isinstance(values, Malformed)] == [broken_at + 2]
    assert [line for line, _ in found] == list(range(2, 2 * BLOCK_LINES + 2))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("hammer,ann,perhaps", "choice 'perhaps' is not mapped"),
        ("hammer,ann,", "no value in column 'choice'"),
        ("hammer, ,yes", "no value in column 'voter'"),
        (",ann,yes", "no value in column 'tool'"),
        ("hammer,ann", "2 values, but the header names 3 columns"),
        ("hammer,ann,yes,no", "4 values, but the header names 3 columns"),
        ("hammer,a\0n,yes", "the voter contains a NUL character"),
        ("hammer,\udcff,yes", "the voter is not UTF-8"),
        (f"hammer,{'x' * 201},yes", "the voter is longer than 200 characters"),
        ('hammer,"ann"x,yes', "not valid CSV: ',' expected after '\"'"),
    ],
)
def test_a_row_that_cannot_be_used_is_reported_with_line_and_reason(row: str, reason: str) -> None:
    rejects = Rejects()
    reader = RowReader(COLUMNS, rejects)
    rows = [
        row
        for block in Records(io.StringIO(f"saw,bob,no\n{row}\nsaw,bob,yes\n"), first_line=2)
        for row in reader.read(block)
    ]
    assert rows == [(2, ("saw",), "bob", "skip", None, None), (4, ("saw",), "bob", "ship", None, None)]
    assert list(rejects.report()) == [f"{reason}: 1 row, line 3"]
    assert (reader.rows, reader.last_line) == (3, 4)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2020-02-29", datetime(2020, 2, 29, tzinfo=UTC)),
        ("2020-02-29T12:30:00", datetime(2020, 2, 29, 12, 30, tzinfo=UTC)),
        ("2020-02-29 12:30:00+02:00", datetime(2020, 2, 29, 10, 30, tzinfo=UTC)),
        ("2020-02-29T12:30:00.5Z", datetime(2020, 2, 29, 12, 30, 0, 500_000, tzinfo=UTC)),
        ("2021-02-29", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+01:00", None),
    ],
)
def test_a_date_means_midnight_and_no_offset_means_utc(text: str, time: datetime | None) -> None:
    columns = Columns[Choice](
        width=1, names=("x",), tools=(0,), voter=0, choice=0, at=0, choices={text: "ship"}, choice_is="choice"
    )
    rows = RowReader(columns, Rejects()).read([(2, [text])])
    assert [row[-1] for row in rows] == ([time] if time else [])


def test_a_flood_of_different_reasons_stays_short() -> None:
    rejects = Rejects()
    for line in range(2, 1_002):
        rejects.add(line, RejectReason("choice is not mapped", f"choice {line} is not mapped"))
    report = list(rejects.report())
    assert len(report) == 11
    assert report[0].startswith("choice is not mapped (other values): 990 rows, first in lines 12, 13, ")


def test_every_reject_goes_into_the_file() -> None:
    file = io.StringIO()
    rejects = Rejects(file)
    rejects.add(7, RejectReason("kind", 'says "no", twice'))
    assert file.getvalue() == 'line,reason\n7,"says ""no"", twice"\n'


def test_a_numbered_slug_is_never_too_long() -> None:
    assert numbered("x" * 80, 12) == "x" * 77 + "-12"
