"""How the console writes events, filters, and when a voter said something."""

from datetime import UTC, datetime, timedelta
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from events.facts import AnyFact
from events.moderation.selection import MODERATED_TYPES
from service.pages.console.event_text import TYPES, time_of
from service.pages.console.filters import WrongFilterError, read_filters
from service.pages.console.pace_chart import Stretch, pace
from service.pages.console.voter_pace import pace_view

MONDAY = datetime(2026, 11, 2, 12, 0, 30, tzinfo=UTC)


def test_every_type_of_event_has_words_and_those_come_first_that_can_be_ruled_on() -> None:
    assert set(TYPES) == {fact.__name__ for fact in get_args(AnyFact)}
    assert list(TYPES)[: len(MODERATED_TYPES)] == list(MODERATED_TYPES)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-22T12:05", datetime(2026, 11, 22, 12, 5, tzinfo=UTC)),
        ("2026-11-22T12:05:07", datetime(2026, 11, 22, 12, 5, 7, tzinfo=UTC)),
        ("2026-11-22T12:05:07.123456Z", datetime(2026, 11, 22, 12, 5, 7, 123456, tzinfo=UTC)),
        ("2026-11-22T12:05+02:00", datetime(2026, 11, 22, 10, 5, tzinfo=UTC)),
        (" ", None),
    ],
)
def test_times_are_in_utc_unless_they_say_otherwise(written: str, meant: datetime | None) -> None:
    assert read_filters({"from": written}).from_ == meant
    assert read_filters({"to": written}).to == meant


def test_what_means_nothing_is_told_by_name() -> None:
    with pytest.raises(WrongFilterError) as refused:
        read_filters({"tool": "fine", "to": "soon"})
    assert refused.value.name == "to"


def test_a_time_that_python_cannot_tell_is_shown_as_it_stands() -> None:
    assert (time_of("infinity").iso, time_of("infinity").shown) == ("", "infinity")


@pytest.mark.parametrize(
    ("step", "unit"),
    [
        (timedelta(seconds=10), "minute"),
        (timedelta(minutes=90), "hour"),
        (timedelta(days=1), "day"),
        (timedelta(days=10), "week"),
    ],
)
def test_a_voters_pace_is_told_in_a_unit_that_fits(step: timedelta, unit: str) -> None:
    times = [MONDAY + step * number for number in range(60)]
    shown = pace_view(times, "…1234")
    assert shown.unit == unit
    assert sum(int(row.events) for row in shown.rows) == len(times)
    assert shown.rows == sorted(shown.rows, key=lambda row: row.time.iso, reverse=True)


def test_the_busiest_minute_and_hour_are_those_of_the_clock() -> None:
    times = [MONDAY + timedelta(seconds=seconds) for seconds in (0, 20, 40, 45, 50, 7_000)]
    assert pace_view(times, "…1234").busiest == [
        "3 events in the minute from 2 Nov 2026, 12:01 UTC",
        "5 events in the hour from 2 Nov 2026, 12:00 UTC",
    ]


def test_what_fell_into_one_minute_needs_no_chart() -> None:
    assert pace_view([MONDAY, MONDAY], "…1234").chart is None


def test_a_pace_has_a_bar_for_each_stretch_as_high_as_its_number() -> None:
    hours = [MONDAY + timedelta(hours=number) for number in (0, 1, 5)]
    stretches = [
        Stretch(hour, hour + timedelta(hours=1), number)
        for hour, number in zip(hours, (1, 4, 2), strict=True)
    ]
    drawn = pace(stretches, title="<Pace>", described="From & to")
    chart = ET.fromstring(drawn)  # noqa: S314 - made here
    assert [bar.attrib["height"] for bar in chart.findall("rect")] == ["25%", "100%", "50%"]
    assert [chart.findtext("title"), chart.findtext("desc")] == ["<Pace>", "From & to"]
