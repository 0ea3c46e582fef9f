"""Draws pictures of 1,200 by 630 pixels, the size that previews are shown in."""

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw
from PIL.ImageDraw import ImageDraw as Draw

from service.pages.sharing.cards import Card, CardColumn, Gauge
from service.pages.sharing.lettering import Weight, fit_text, font
from service.reads.measures import Who

WIDTH: Final = 1200
HEIGHT: Final = 630
EDGE: Final = 64
GAP: Final = 48
FINE: Final = 2
"""Drawn so many times as large, then reduced, so that slanted and round edges are smooth."""

COLOURS: Final = 64
DRAWN_MAX: Final = 128
"""Pictures kept: one whose contents are the same is not drawn again."""

GROUND: Final = "#fbfaf8"
INK: Final = "#1b1815"
MUTED: Final = "#5f5850"
RULE: Final = "#ddd8d0"
CLAY: Final = "#a8461d"
INKS: Final[dict[Who, tuple[str, str]]] = {"panel": (CLAY, "#f0dccf"), "crowd": ("#1b5a7d", "#d3e3ec")}
"""Each one's colour, and its wash."""

SHERD: Final = (
    (3, 9.5),
    (14, 4.6),
    (29, 5),
    (30.5, 17),
    (25.5, 21.5),
    (23, 29.5),
    (13, 26),
    (4.5, 27),
    (2, 17),
)
"""The site's mark, without its scratches, on a field of 32 by 32."""

TOP: Final = 48
TITLE_Y: Final = 124
COLUMNS_Y: Final = 306
SENTENCE_Y: Final = 524
LABEL_WIDTH: Final = 70
"""The place of a label beside its number."""


@lru_cache(maxsize=DRAWN_MAX)
def draw(card: Card) -> bytes:
    """Draw a card as a PNG. It takes tens of milliseconds: not for the event loop."""
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), GROUND)
    brush = ImageDraw.Draw(image)
    _mark(brush)
    size = 60 if card.columns else 80
    _text(brush, card.title, "Semibold", at=(EDGE, TITLE_Y), size=size, least=40, lines_max=2)
    for number, column in enumerate(card.columns):
        width = (WIDTH - 2 * EDGE - GAP * (len(card.columns) - 1)) / len(card.columns)
        _column(brush, column, left=EDGE + number * (width + GAP), width=width)
    if card.columns:
        brush.line(_scaled(EDGE, SENTENCE_Y - 16, WIDTH - EDGE, SENTENCE_Y - 16), fill=INK, width=FINE)
    place = SENTENCE_Y if card.columns else COLUMNS_Y + 40
    size = 32 if card.columns else 44
    _text(brush, card.sentence, "Regular", at=(EDGE, place), size=size, least=26, lines_max=3, ink=MUTED)
    return _png(image)


def _mark(brush: Draw) -> None:
    brush.polygon([((EDGE + 1.5 * x) * FINE, (TOP + 1.5 * y) * FINE) for x, y in SHERD], fill=CLAY)
    brush.text(
        ((EDGE + 62) * FINE, (TOP + 24) * FINE), "Ostraka", INK, font("Semibold", 38 * FINE), anchor="lm"
    )


def _column(brush: Draw, column: CardColumn, *, left: float, width: float) -> None:
    if column.name:
        _text(
            brush, column.name, "Semibold", at=(left, COLUMNS_Y), size=30, least=22, lines_max=1, width=width
        )
    beside = width >= WIDTH / 3
    for number, gauge in enumerate(column.gauges):
        if beside:
            half = (width - GAP) / 2
            _gauge(brush, gauge, at=(left + number * (half + GAP), COLUMNS_Y + 46), width=half, size=84)
        else:
            _gauge(brush, gauge, at=(left, COLUMNS_Y + 54 + 80 * number), width=width, size=38)


def _gauge(brush: Draw, gauge: Gauge, *, at: tuple[float, float], width: float, size: int) -> None:
    """Write a share, and draw it with its interval below."""
    x, y = at
    ink, wash = INKS[gauge.who]
    label = font("Regular", 22 * FINE)
    large = size > 60  # noqa: PLR2004 - room for the label above the number
    brush.text((x * FINE, y * FINE), gauge.label, MUTED, label)
    number = (x, y + 18) if large else (x + LABEL_WIDTH, y - 14)
    room = width if large else width - LABEL_WIDTH
    _text(brush, gauge.written, "Semibold", at=number, size=size, least=20, lines_max=1, width=room, ink=ink)
    axis = y + (size * 1.22 + 28 if large else 48)
    brush.line(_scaled(x, axis, x + width, axis), fill=RULE, width=FINE)
    if gauge.share is None:
        return
    low, high = (x + bound * width for bound in gauge.interval)
    brush.rectangle(_scaled(low, axis - 6, high, axis + 6), fill=wash)
    for cap in (low, high):
        brush.line(_scaled(cap, axis - 9, cap, axis + 9), fill=ink, width=2 * FINE)
    dot = x + gauge.share * width
    brush.ellipse(_scaled(dot - 7, axis - 7, dot + 7, axis + 7), fill=ink, outline=GROUND, width=FINE)


def _text(
    brush: Draw,
    text: str,
    weight: Weight,
    *,
    at: tuple[float, float],
    size: int,
    least: int,
    lines_max: int,
    width: float = WIDTH - 2 * EDGE,
    ink: str = INK,
) -> None:
    lines, face = fit_text(
        text,
        weight,
        size_px=size * FINE,
        size_px_min=least * FINE,
        width_px=width * FINE,
        lines_max=lines_max,
    )
    for number, line in enumerate(lines):
        brush.text((at[0] * FINE, at[1] * FINE + number * face.size * 1.2), line, ink, face)


def _scaled(*places: float) -> tuple[float, ...]:
    return tuple(place * FINE for place in places)


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    image.reduce(FINE).quantize(COLOURS, Image.Quantize.FASTOCTREE).save(written, "PNG")
    return written.getvalue()
