"""Text on pictures: its font, its lines, and how large it may be to fit."""

from functools import cache
from importlib.resources import as_file, files
from typing import Final, Literal

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

FONTS: Final = "font_source_serif_pro"
ELLIPSIS: Final = "…"
STEP: Final = 0.92
"""The factor by which text shrinks at a time until it fits."""

Weight = Literal["Regular", "Semibold", "It"]


@cache
def font(weight: Weight, size_px: int) -> FreeTypeFont:
    """Return Source Serif Pro, which has Latin, Greek and Cyrillic letters."""
    with as_file(files(FONTS) / "files" / f"SourceSerifPro-{weight}.ttf") as path:
        return ImageFont.truetype(path, size_px)


def fit_text(
    text: str, weight: Weight, *, size_px: int, size_px_min: int, width_px: float, lines_max: int
) -> tuple[list[str], FreeTypeFont]:
    """Break text into lines in the largest size in which they fit; at the least size they are cut short."""
    size = size_px
    while size > size_px_min:
        lines = wrap(text, font(weight, size), width_px)
        if len(lines) <= lines_max and all(font(weight, size).getlength(line) <= width_px for line in lines):
            return lines, font(weight, size)
        size = int(size * STEP)
    least = font(weight, size_px_min)
    lines = wrap(text, least, width_px)
    if len(lines) > lines_max:
        lines = [*lines[: lines_max - 1], " ".join(lines[lines_max - 1 :])]
    return [shorten(line, least, width_px) for line in lines], least


def wrap(text: str, face: FreeTypeFont, width_px: float) -> list[str]:
    """Break text between words; a word that is too long stands in a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= width_px:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def shorten(text: str, face: FreeTypeFont, width_px: float) -> str:
    """Cut a line short where it is too long."""
    if face.getlength(text) <= width_px:
        return text
    kept = next(
        (
            end
            for end in range(len(text), 0, -1)
            if face.getlength(text[:end].rstrip() + ELLIPSIS) <= width_px
        ),
        0,
    )
    return text[:kept].rstrip() + ELLIPSIS
