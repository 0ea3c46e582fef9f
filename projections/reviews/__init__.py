"""The read model of reviews: those that stand, and the panel's tally of each tool.

- `queries`  reads the reviews of a tool, as they are or as they were
- `latest`   reads the newest verdicts
"""

from typing import Final

from events.facts import EventReinstated, EventRetracted, ReviewRevised, ReviewSubmitted, ReviewWithdrawn
from projections.model import Folder, ReadModel

_folder: Final = Folder("reviews")
_TYPES: Final = (ReviewSubmitted, ReviewRevised, ReviewWithdrawn, EventRetracted, EventReinstated)

REVIEWS: Final = ReadModel(
    name="reviews",
    number=2,
    tables=("reviews", "panel"),
    create=_folder.text("tables"),
    steps=(
        _folder.step("delete_reviews", _TYPES),
        _folder.step("fold_reviews", _TYPES),
        _folder.step("fold_panel", _TYPES),
    ),
)
