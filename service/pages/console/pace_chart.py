"""A bar chart of how often something happened over time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from service.views.charts.scale import Scale
from service.views.charts.svg import element
from service.views.words import minute

BAR_WIDTH_MIN: Final = 0.4
"""In percent of the chart, so that a minute can still be seen among months."""


class Stretch(Struct, frozen=True):
    """A stretch of time in which something happened, and how often."""

    start: datetime
    end: datetime
    number: int


def pace(stretches: Sequence[Stretch], *, title: str, described: str) -> Markup:
    """Draw stretches, at least one, in order; both texts are for those who do not see the bars."""
    most = max(stretch.number for stretch in stretches)
    times = Scale(stretches[0].start.timestamp(), stretches[-1].end.timestamp())
    numbers = Scale(0, most)
    return element(
        "svg",
        element("title", title, id="pace-title"),
        element("desc", described, id="pace-desc"),
        *(_line(place, text) for place, text in (("0", f"{most:,}"), ("100%", "0"))),
        *(_bar(stretch, times, numbers) for stretch in stretches),
        _time(stretches[0].start, "first", "0"),
        _time(stretches[-1].end, "last", "100%"),
        class_="pace",
        role="img",
        aria_labelledby="pace-title pace-desc",
    )


def _line(place: str, text: str) -> Markup:
    return element(
        "g",
        element("line", class_="grid", x1="0", x2="100%", y1=place, y2=place),
        element("text", text, class_="share", x="-8", y=place, dy="0.35em"),
    )


def _bar(stretch: Stretch, times: Scale, numbers: Scale) -> Markup:
    left, right = (times.place(time.timestamp()) for time in (stretch.start, stretch.end))
    return element(
        "rect",
        element("title", f"{minute(stretch.start).shown}: {stretch.number:,}"),
        x=f"{left:g}%",
        width=f"{max(BAR_WIDTH_MIN, right - left):.2f}%",
        y=numbers.up(stretch.number),
        height=numbers.at(stretch.number),
    )


def _time(time: datetime, class_: str, place: str) -> Markup:
    return element("text", minute(time).shown, class_=f"time {class_}", x=place, y="100%", dy="20")
