"""SVG elements as safe markup."""

from typing import Final

from markupsafe import Markup, escape

DRAWN_MAX: Final = 4_096
"""Charts of a kind that are remembered: a page may be written many times, with the same ones."""


def element(name: str, *children: Markup | str, **attributes: str | float | None) -> Markup:
    """Write an element; its text is escaped.

    Args:
        name: Of the element.
        children: Its contents.
        attributes: `class_` stands for `class`, other underscores for hyphens; None leaves one out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    held = "".join(escape(child) for child in children)
    return Markup(f"<{name}{written}>{held}</{name}>" if held else f"<{name}{written}/>")  # noqa: S704 - both are escaped above
