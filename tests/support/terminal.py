"""A drawing as a terminal or a file gets it, and texts that are hard to draw."""

import io
from collections.abc import Iterable

from hypothesis import strategies as st
from rich.console import Console, RenderableType

from service.cli.drawing.layout import render

WIDTHS = (60, 80, 120, 200)

texts = (
    st.text(max_size=40) | st.text("漢字かな한글 😀é", max_size=40) | st.text("aW-", min_size=60, max_size=80)
)


def shown(parts: Iterable[RenderableType], width: int, encoding: str = "utf-8") -> str:
    """Return what a file gets that is so many characters wide."""
    return render(parts, Console(file=io.StringIO(), width=width), encoding=encoding)
