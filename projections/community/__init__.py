"""The crowd's tally of each tool, how it became what it is, and what moderators took out of it."""

from typing import Final

from events.facts import EventReinstated, EventRetracted, VoteCast, VoteWithdrawn
from projections.model import RULED, Folder, ReadModel

_folder: Final = Folder("community")
_VOTES: Final = (VoteCast, VoteWithdrawn)
_RULINGS: Final = (EventRetracted, EventReinstated)
_CHANGES: Final = {
    "upsert_history": (
        "subject_id",
        "hour",
        "cell",
        "events",
        "ship",
        "skip",
        "corrected_ship",
        "corrected_skip",
        "position",
    ),
    "upsert_tallies": ("subject_id", "ship", "skip", "position"),
}
_EXCLUSIONS: Final = {
    "upsert_exclusions": ("subject_id", "hour", "cell", "reason", "votes", "corrected_votes"),
    "upsert_excluded": ("subject_id", "reason", "votes"),
}

COMMUNITY: Final = ReadModel(
    name="community",
    number=3,
    tables=_folder.text("tables"),
    steps=(
        _folder.step("select_votes", _VOTES, writes=_CHANGES, in_cells=True),
        _folder.step("select_ruled", (RULED,), keys="select_ballots", writes=_CHANGES, in_cells=True),
        _folder.step("select_exclusions", _RULINGS, keys="select_ballots", writes=_EXCLUSIONS, in_cells=True),
        _folder.step("fold_moderations", _RULINGS),
    ),
)
