"""The crowd's tally of each tool and matchup, how it came about, and what moderators took out of it."""

from typing import Final

from events.facts import (
    EventReinstated,
    EventRetracted,
    PreferenceCast,
    PreferenceWithdrawn,
    VoteCast,
    VoteWithdrawn,
)
from projections.model import ANONYMOUS, RULED, Folder, ReadModel

_folder: Final = Folder("community")
_VOTES: Final = (VoteCast, VoteWithdrawn)
_PREFERENCES: Final = (PreferenceCast, PreferenceWithdrawn)
_RULINGS: Final = (EventRetracted, EventReinstated)
_CHANGES: Final = {
    "upsert_history": (
        "subject_id",
        "hour",
        "cell",
        "events",
        "ship",
        "skip",
        "tie",
        "corrected_ship",
        "corrected_skip",
        "corrected_tie",
        "position",
    ),
    "upsert_tallies": ("subject_id", "ship", "skip", "tie", "position"),
}
_ANONYMOUS: Final = {
    "upsert_anonymous_history": (
        "subject_id",
        "hour",
        "cell",
        "anonymous_ship",
        "anonymous_skip",
        "anonymous_tie",
        "corrected_anonymous_ship",
        "corrected_anonymous_skip",
        "corrected_anonymous_tie",
    ),
    "upsert_anonymous": ("subject_id", "anonymous_ship", "anonymous_skip", "anonymous_tie"),
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
        _folder.step("select_preferences", _PREFERENCES, writes=_CHANGES, in_cells=True),
        _folder.step("select_anonymous", (ANONYMOUS,), writes=_ANONYMOUS, in_cells=True),
        _folder.step(
            "select_ruled", (RULED,), keys="select_ballots", writes={**_CHANGES, **_ANONYMOUS}, in_cells=True
        ),
        _folder.step("select_exclusions", _RULINGS, keys="select_ballots", writes=_EXCLUSIONS, in_cells=True),
        _folder.step("fold_moderations", _RULINGS),
        _folder.step("fold_matchups", _PREFERENCES),
        _folder.step("fold_ruled_matchups", _RULINGS),
    ),
)
