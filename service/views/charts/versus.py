"""The preferences between two tools as one bar: the left one's wins, the ties, the right one's wins."""

from functools import lru_cache
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from service.views.charts.scale import Scale
from service.views.charts.svg import DRAWN_MAX, element

PARTS: Final = ("left", "tie", "right")


class Versus(Struct, frozen=True, kw_only=True):
    """A bar without numbers: the page has to show them beside it as text.

    A tie being half a win, the left tool's share lies in the middle of the ties.

    Attributes:
        title: The tooltip.
    """

    left: int
    ties: int
    right: int
    title: str

    def __html__(self) -> Markup:
        return _draw(self)


@lru_cache(DRAWN_MAX)
def _draw(bar: Versus) -> Markup:
    total = bar.left + bar.ties + bar.right
    scale = Scale(0, max(1, total))
    parts = [element("title", bar.title)]
    begin = 0
    for name, number in zip(PARTS, (bar.left, bar.ties, bar.right), strict=True):
        if number:
            parts.append(_part(name, scale.place(begin), scale.place(begin + number)))
        begin += number
    if not total:
        parts.append(_part("nobody", 0, 100))
    parts.append(element("line", class_="middle", x1="50%", x2="50%", y1="0", y2="100%"))
    return element("svg", *parts, class_="versus", aria_hidden="true")


def _part(name: str, begin: float, end: float) -> Markup:
    return element("rect", class_=name, x=f"{begin:g}%", width=f"{end - begin:.2f}%", height="100%")
