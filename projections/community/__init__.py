"""The crowd's tally of each tool."""

from typing import Final

from events.facts import VoteCast, VoteWithdrawn
from projections.model import define

COMMUNITY: Final = define("community", number=3, types=(VoteCast, VoteWithdrawn), folds=("fold_votes",))
