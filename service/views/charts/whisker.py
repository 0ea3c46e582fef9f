"""An estimate and its interval, on one line."""

from functools import lru_cache
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from service.views.charts.scale import SHARES, Scale
from service.views.charts.svg import DRAWN_MAX, element

MIDDLE: Final = "50%"
CAP: Final = ("20%", "80%")
DOT_RADIUS: Final = 4
"""So small that the caps of a narrow interval can be seen beside it."""


class Whisker(Struct, frozen=True, kw_only=True):
    """An interval with its estimate, without numbers: the page has to show them beside it as text.

    Attributes:
        low: Lower bound; None where it lies beyond any scale: the line goes on to the edge, dashed.
        high: Upper bound; None in the same way.
        estimate: None where there is none.
        scale: Of the axis.
        middle: A value that is marked on the axis.
        who: "panel" or "crowd", which decides the colour.
        span: Whether there is an interval at all.
        title: The tooltip.
    """

    low: float | None = None
    high: float | None = None
    estimate: float | None = None
    scale: Scale = SHARES
    middle: float = 0.5
    who: str = "crowd"
    span: bool = True
    title: str

    @property
    def ends(self) -> tuple[float, float]:
        """The beginning and the end of the line."""
        low = self.scale.low if self.low is None else self.low
        return low, self.scale.high if self.high is None else self.high

    def __html__(self) -> Markup:
        return _draw(self)


@lru_cache(DRAWN_MAX)
def _draw(whisker: Whisker) -> Markup:
    scale, bounds = whisker.scale, (whisker.low, whisker.high)
    parts = [
        element("title", whisker.title),
        element("line", class_="axis", x1="0", x2="100%", y1=MIDDLE, y2=MIDDLE),
        _upright(scale, whisker.middle, class_="middle", ends=("0", "100%")),
    ]
    if whisker.span:
        class_ = "span" if None not in bounds else "span open"
        left, right = map(scale.at, whisker.ends)
        parts.append(element("line", class_=class_, x1=left, x2=right, y1=MIDDLE, y2=MIDDLE))
    parts += [_upright(scale, bound, class_="cap", ends=CAP) for bound in bounds if bound is not None]
    if whisker.estimate is not None:
        place = scale.at(whisker.estimate)
        parts.append(element("circle", class_="dot", cx=place, cy=MIDDLE, r=DOT_RADIUS))
    return element("svg", *parts, class_=f"whisker {whisker.who}", aria_hidden="true")


def _upright(scale: Scale, value: float, *, class_: str, ends: tuple[str, str]) -> Markup:
    place = scale.at(value)
    return element("line", class_=class_, x1=place, x2=place, y1=ends[0], y2=ends[1])
