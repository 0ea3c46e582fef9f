"""How numbers, times and names are written on pages."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from service.views import addresses, words

WIDE = (0.2, 0.6)
NARROW = (0.79, 0.81)
DASH = "\N{EN DASH}"
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("share", "interval", "written"),
    [
        (None, WIDE, "—"),
        (0.0, WIDE, "0 %"),
        (0.6418, WIDE, "64 %"),
        (0.7992, NARROW, "79.9 %"),
        (1.0, NARROW, "100.0 %"),
    ],
)
def test_a_share_is_written_as_finely_as_its_interval_allows(
    share: float | None, interval: tuple[float, float], written: str
) -> None:
    assert words.percent(share, interval) == written.replace(" ", THIN_SPACE)


@pytest.mark.parametrize(("interval", "written"), [(WIDE, f"20{DASH}60 %"), (NARROW, f"79.0{DASH}81.0 %")])
def test_an_interval_is_written_with_its_unit_once(interval: tuple[float, float], written: str) -> None:
    assert words.percents(interval) == written.replace(" ", THIN_SPACE)


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (1.23, "+1.2"),
        (-0.86, "\N{MINUS SIGN}0.9"),
        (0.04, "0"),
        (-0.04, "0"),
        (0.0, "0"),
        (1234.5, "+1,234.5"),
    ],
)
def test_a_change_is_written_with_its_sign_unless_it_rounds_to_nothing(change: float, written: str) -> None:
    assert words.points(change) == written


def test_a_time_is_written_in_utc() -> None:
    time = datetime(2026, 11, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert (words.day(time).shown, words.minute(time).shown) == ("31 Oct 2026", "31 Oct 2026, 22:30 UTC")
    assert datetime.fromisoformat(words.day(time).iso) == time.astimezone(UTC)


@pytest.mark.parametrize(("rank", "written"), [("2", "2"), ("2-4", f"2{DASH}4")])
def test_shared_ranks_are_written_as_a_range(rank: str, written: str) -> None:
    assert words.ranks(rank) == written


def test_a_category_is_written_as_words() -> None:
    assert words.title("language-models") == "Language models"


def test_two_tools_have_one_page_whichever_comes_first() -> None:
    assert addresses.comparison("b", "a") == addresses.comparison("a", "b") == "/compare/a-vs-b"


def test_what_is_left_open_stands_in_no_address() -> None:
    assert addresses.leaderboard("all", {"by": None}) == "/leaderboards/all"
    assert addresses.leaderboard("all", {"by": "panel", "page": None}) == "/leaderboards/all?by=panel"
    assert addresses.search("c++ & more") == "/search?q=c%2B%2B+%26+more"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0.0, "a second"),
        (1.4, "a second"),
        (1.6, "2 seconds"),
        (80.0, "80 seconds"),
        (90.0, "2 minutes"),
        (5_399.0, "90 minutes"),
        (10_000.0, "3 hours"),
        (1e9, "11,574 days"),
    ],
)
def test_a_duration_is_written_in_the_unit_that_tells_it_best(seconds: float, written: str) -> None:
    assert words.duration(seconds) == written
