"""Charts hold what they are given, escaped, and draw nothing beyond their edges."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from service.pages.tool.history_chart import FIELD, HistoryPoint, RulingMark, history, volume
from service.views.charts.scale import SHARES, Scale
from service.views.charts.svg import element
from service.views.charts.whisker import Whisker

START = datetime(2026, 11, 1, tzinfo=UTC)
shares = st.floats(0, 1)


@st.composite
def points(draw: st.DrawFn) -> list[HistoryPoint]:
    """Draw a history: some days with votes, some of them without any that counts."""
    found: list[HistoryPoint] = []
    for day in sorted(draw(st.sets(st.integers(0, 90), min_size=1, max_size=20))):
        low, share, high = sorted(draw(st.tuples(shares, shares, shares)))
        start = START + timedelta(days=day)
        found.append(
            HistoryPoint(
                start=start,
                end=start + timedelta(days=1),
                share=draw(st.sampled_from((share, share, None))),
                interval=(low, high),
                corrected=draw(st.none() | shares),
                votes=draw(st.integers(0, 10_000)),
            )
        )
    return found


def places(svg: Markup) -> list[float]:
    """Return every place in percent that a chart names."""
    return [float(place) for place in re.findall(r'"(-?[\d.e+-]+)%"', svg)]


@given(value=st.floats(-1e6, 1e6), low=st.floats(-1e3, 0), high=st.floats(1, 1e3))
def test_no_place_lies_beyond_the_axis(value: float, low: float, high: float) -> None:
    assert 0 <= Scale(low, high).place(value) <= 100


def test_an_upright_axis_begins_at_the_bottom() -> None:
    assert (SHARES.at(0.25), SHARES.up(0.25)) == ("25%", "75%")


def test_what_is_text_is_escaped() -> None:
    title = '</title><script>"&'
    svg = Whisker(low=0.2, high=0.6, estimate=0.4, title=title).__html__()
    assert "<script>" not in svg
    assert ET.fromstring(svg)[0].text == title  # noqa: S314 - made here


def test_an_attribute_that_is_none_is_left_out() -> None:
    assert element("line", class_="a", stroke_width=2, x1=None) == '<line class="a" stroke-width="2"/>'


def test_a_whisker_reaches_from_bound_to_bound() -> None:
    svg = Whisker(low=0.2, high=0.6, estimate=0.4, title="").__html__()
    assert '<line class="span" x1="20%" x2="60%"' in svg
    assert svg.count('class="cap"') == 2
    assert '<circle class="dot" cx="40%"' in svg


def test_a_whisker_without_a_bound_goes_on_to_the_edge_without_a_cap() -> None:
    svg = Whisker(low=1_050.0, scale=Scale(800, 1_200), middle=1_000, title="").__html__()
    assert '<line class="span open" x1="62.5%" x2="100%"' in svg
    assert svg.count('class="cap"') == 1
    assert 'class="dot"' not in svg


@given(drawn=points(), marked=st.lists(st.integers(0, 91), max_size=3))
def test_a_history_stays_within_its_field(drawn: Sequence[HistoryPoint], marked: Sequence[int]) -> None:
    marks = [
        RulingMark(START + timedelta(days=day), number, "by & by")
        for number, day in enumerate(marked, start=1)
    ]
    marks = [mark for mark in marks if mark.at >= drawn[0].start]
    chart, bars = history(drawn, marks, name="<Tool>"), volume(drawn, marks)
    for svg in (chart, bars):
        ET.fromstring(svg)  # noqa: S314 - made here
        assert all(0 <= place <= 100 for place in places(svg))
    corners = [
        float(number)
        for line in re.findall(r' points="([^"]*)"', chart)
        for number in re.split("[ ,]", line)
        if number
    ]
    assert all(0 <= corner <= FIELD for corner in corners)
    assert chart.count('<g class="mark">') == len(marks)
    assert bars.count("<rect") == sum(point.votes > 0 for point in drawn)


def test_a_history_is_flat_where_nothing_was_said_and_slopes_within_a_bucket() -> None:
    day = timedelta(days=1)
    drawn = [
        HistoryPoint(START, START + day, 0.5, (0.4, 0.6), 0.5, 1),
        HistoryPoint(START + 3 * day, START + 4 * day, 1.0, (0.9, 1.0), 1.0, 1),
    ]
    chart = history(drawn, [], name="Tool")
    assert 'class="line" points="0,500 250,500 750,500 1000,0 1000,0"' in chart
    assert "corrected" not in chart


def test_what_is_corrected_is_a_line_of_its_own() -> None:
    drawn = [HistoryPoint(START, START + timedelta(days=1), 0.5, (0.4, 0.6), 0.25, 1)]
    assert 'class="line corrected" points="0,750 1000,750 1000,750"' in history(drawn, [], name="Tool")
