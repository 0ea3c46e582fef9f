"""Standing reviews, and the panel's tally of each tool."""

from typing import Final

from events.facts import ReviewRevised, ReviewSubmitted, ReviewWithdrawn
from projections.model import define

REVIEWS: Final = define(
    "reviews",
    number=2,
    types=(ReviewSubmitted, ReviewRevised, ReviewWithdrawn),
    folds=("fold_reviews", "fold_withdrawals", "fold_panel"),
)
