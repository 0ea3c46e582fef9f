"""Badges for other people's pages: a tool's share, `/badge/{slug}.svg`, "n/a" for what is unknown."""

from typing import Final, get_args

from litestar import get
from litestar.exceptions import NotFoundException
from markupsafe import Markup

from events.log.connection import Pool
from projections.criteria import ShareCriterion
from projections.scores import ScoreReading, read_current_score
from service.http import parameters
from service.http.headers import OPEN_FILE
from service.http.problems import BadParameterError
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering.publishing import Pages
from service.pages.rendering.representations import Representation
from service.pages.sharing.cards import gauges
from service.views.charts.svg import element

SUFFIX: Final = ".svg"
SVG: Final = b"image/svg+xml"
UNKNOWN: Final = "n/a"
CACHED: Final = (b"cache-control", b"public, max-age=300")
LABELS: Final[dict[ShareCriterion, str]] = {"community": "crowd", "panel": "panel"}
COLOURS: Final[dict[ShareCriterion, str]] = {"community": "#1b5a7d", "panel": "#a8461d"}
HEIGHT: Final = 20
LETTER: Final = 6.6
"""The width of a letter at 11 pixels, rounded up: texts are stretched to the room they are given."""

PADDING: Final = 7


@get("/badge/{name:str}", include_in_schema=False)
@direct()
async def get_badge(request: Request, *, pool: Pool, pages: Pages) -> Response:
    """Show a badge, even for an unknown tool: a broken image would tell nobody why."""
    name: str = request.scope["path_params"]["name"]
    if not name.endswith(SUFFIX):
        raise NotFoundException(detail=f"Badges end in {SUFFIX}.")
    slug = name.removesuffix(SUFFIX)
    by = parameters.choice(
        parameters.known_query(request, "by"), "by", get_args(ShareCriterion), default="community"
    )

    async def publish() -> Representation:
        reading = await _read(pool, slug)
        drawn = str(badge(by, UNKNOWN if reading is None else _value(by, reading))).encode()
        return Representation(drawn, media_type=SVG, headers=(CACHED, *OPEN_FILE))

    return await pages.keep(request, ("badge", slug, by), publish)


def badge(by: ShareCriterion, value: str) -> Markup:
    """Draw a badge."""
    label = LABELS[by]
    left, right = (_width(text) for text in (label, value))
    return element(
        "svg",
        element("title", f"{label}: {value}"),
        element("rect", width=left, height=HEIGHT, fill="#332e29"),
        element("rect", x=left, width=right, height=HEIGHT, fill=COLOURS[by]),
        element(
            "g",
            _text(label, 0, left),
            _text(value, left, right),
            fill="#fff",
            text_anchor="middle",
            font_family="Verdana,Geneva,DejaVu Sans,sans-serif",
            font_size=11,
        ),
        xmlns="http://www.w3.org/2000/svg",
        width=left + right,
        height=HEIGHT,
        role="img",
        aria_label=f"{label}: {value}",
    )


def _width(text: str) -> float:
    return round(len(text) * LETTER + 2 * PADDING)


def _text(text: str, begin: float, width: float) -> Markup:
    length = round(width - 2 * PADDING)
    return element("text", text, x=begin + width / 2, y=14, textLength=length)


def _value(by: ShareCriterion, reading: ScoreReading) -> str:
    panel, crowd = gauges(reading.counts, reading.rule)
    gauge = panel if by == "panel" else crowd
    return UNKNOWN if gauge.share is None else f"{gauge.written} ship"


async def _read(pool: Pool, slug: str) -> ScoreReading | None:
    """Read a tool's score; None where no such tool is listed."""
    try:
        parameters.check_slug(slug)
    except BadParameterError:
        return None
    reading = await read_current_score(pool, slug)
    return reading if reading.score else None
