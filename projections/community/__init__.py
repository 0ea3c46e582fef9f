"""The read model of the crowd: tallies of tools and matchups, their history, and what moderators excluded.

- `changed`    reads when tools and pairs of tools last changed
- `opponents`  reads which tools a tool met, and what was preferred there
"""

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
_OF_TOOLS: Final = ("upsert_history", "upsert_tallies")
_OF_MATCHUPS: Final = ("upsert_matchup_history", "update_matchups")
_ANONYMOUS: Final = (
    "upsert_anonymous_history",
    "upsert_anonymous",
    "upsert_anonymous_matchup_history",
    "upsert_anonymous_matchups",
)
_EXCLUSIONS: Final = ("upsert_exclusions", "upsert_excluded")

COMMUNITY: Final = ReadModel(
    name="community",
    number=3,
    tables=(
        "community",
        "community_history",
        "anonymous",
        "anonymous_history",
        "matchups",
        "matchup_history",
        "anonymous_matchups",
        "anonymous_matchup_history",
        "exclusions",
        "excluded",
        "moderations",
    ),
    create=_folder.text("tables"),
    steps=(
        _folder.step("fold_matchups", _PREFERENCES),
        _folder.step("select_votes", _VOTES, writes=_OF_TOOLS, in_cells=True),
        _folder.step("select_preferences", _PREFERENCES, writes=_OF_MATCHUPS, in_cells=True),
        _folder.step("select_anonymous", (ANONYMOUS,), writes=_ANONYMOUS, in_cells=True),
        _folder.step(
            "select_ruled",
            (RULED,),
            keys="select_ballots",
            writes=(*_OF_TOOLS, *_OF_MATCHUPS, *_ANONYMOUS),
            in_cells=True,
        ),
        _folder.step("select_exclusions", _RULINGS, keys="select_ballots", writes=_EXCLUSIONS, in_cells=True),
        _folder.step("fold_moderations", _RULINGS),
    ),
)
