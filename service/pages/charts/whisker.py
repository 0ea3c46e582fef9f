"""An estimate and its interval, on one line."""

from typing import Final

from markupsafe import Markup

from service.pages.charts.scale import SHARES, Scale
from service.pages.charts.svg import element

MIDDLE: Final = "50%"
CAP: Final = ("20%", "80%")
DOT_RADIUS: Final = 4
"""So small that the caps of a narrow interval can be seen beside it."""


def whisker(
    low: float | None,
    high: float | None,
    estimate: float | None,
    *,
    scale: Scale = SHARES,
    middle: float | None = 0.5,
    who: str = "crowd",
    span: bool = True,
    title: str,
) -> Markup:
    """Draw an interval with its estimate, for the eye alone: the numbers have to stand beside it as text.

    Args:
        low: Lower bound; None where it lies beyond any scale: the line goes on to the edge, dashed.
        high: Upper bound; None likewise.
        estimate: None where there is none.
        scale: Of the axis.
        middle: A value that is marked on the axis.
        who: Whose word it is, which is its colour.
        span: Whether there is an interval at all.
        title: What a pointer that rests on it is told.
    """
    left = scale.low if low is None else low
    right = scale.high if high is None else high
    parts = [
        element("title", title),
        element("line", class_="axis", x1="0", x2="100%", y1=MIDDLE, y2=MIDDLE),
    ]
    if middle is not None:
        parts.append(_upright(scale, middle, class_="middle", ends=("0", "100%")))
    if span:
        class_ = "span" if None not in {low, high} else "span open"
        parts.append(
            element("line", class_=class_, x1=scale.at(left), x2=scale.at(right), y1=MIDDLE, y2=MIDDLE)
        )
    parts += [_upright(scale, bound, class_="cap", ends=CAP) for bound in (low, high) if bound is not None]
    if estimate is not None:
        parts.append(element("circle", class_="dot", cx=scale.at(estimate), cy=MIDDLE, r=DOT_RADIUS))
    return element("svg", *parts, class_=f"whisker {who}", aria_hidden="true")


def _upright(scale: Scale, value: float, *, class_: str, ends: tuple[str, str]) -> Markup:
    place = scale.at(value)
    return element("line", class_=class_, x1=place, x2=place, y1=ends[0], y2=ends[1])
