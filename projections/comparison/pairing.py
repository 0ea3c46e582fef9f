"""Reviews of several tools in rows, lens by lens."""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct

from projections.reviews.queries import Review


class ReviewRow(Struct, frozen=True):
    """Reviews side by side, all of one lens: one for each tool, in their order, or None."""

    lens: str
    reviews: list[Review | None]


def pair_reviews(tools: Sequence[Sequence[Review]]) -> list[ReviewRow]:
    """Lay out the reviews of each tool in rows, by lens. Each review is in one row.

    Who reviewed several of the tools has a row of their own. After them come those who reviewed one of the
    tools alone: they share rows, in the order they are given.
    """
    rows: list[ReviewRow] = []
    for lens in sorted({review.lens for reviews in tools for review in reviews}):
        here = [[review for review in reviews if review.lens == lens] for reviews in tools]
        judged = Counter(review.panelist for reviews in here for review in reviews)
        rows += [
            ReviewRow(
                lens,
                [next((each for each in reviews if each.panelist == panelist), None) for reviews in here],
            )
            for panelist in sorted(judged)
            if judged[panelist] > 1
        ]
        others = [[review for review in reviews if judged[review.panelist] == 1] for reviews in here]
        rows += [ReviewRow(lens, list(row)) for row in zip_longest(*others)]
    return rows
