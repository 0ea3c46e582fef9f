"""The reviews of a comparison's tools in rows, lens by lens."""

from collections.abc import Sequence

from msgspec import Struct

from projections.catalogue.queries import Tool
from projections.comparison.pairing import ReviewRow
from service.views import facts, words
from service.views.facts import ReviewView


class ReviewCell(Struct, frozen=True):
    """A tool's review in a row; None where nobody gave one."""

    name: str
    review: ReviewView | None


class LensView(Struct, frozen=True):
    """Reviews of one lens, in rows."""

    title: str
    rows: list[list[ReviewCell]]


def lens_views(rows: Sequence[ReviewRow], tools: Sequence[Tool]) -> list[LensView]:
    """Show the reviews in rows, lens by lens."""
    found: dict[str, LensView] = {}
    for row in rows:
        lens = found.setdefault(row.lens, LensView(words.title(row.lens), []))
        lens.rows.append(
            [
                ReviewCell(tool.name, review and facts.review(review))
                for tool, review in zip(tools, row.reviews, strict=True)
            ]
        )
    return list(found.values())
