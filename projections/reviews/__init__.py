"""Standing reviews, and the panel's tally of each tool."""

from typing import Final

from events.facts import EventReinstated, EventRetracted, ReviewRevised, ReviewSubmitted, ReviewWithdrawn
from projections.model import Folder, ReadModel

_folder: Final = Folder("reviews")
_TYPES: Final = (ReviewSubmitted, ReviewRevised, ReviewWithdrawn, EventRetracted, EventReinstated)

REVIEWS: Final = ReadModel(
    name="reviews",
    number=2,
    tables=_folder.text("tables"),
    steps=(
        _folder.step("delete_reviews", _TYPES),
        _folder.step("fold_reviews", _TYPES),
        _folder.step("fold_panel", _TYPES),
    ),
)
