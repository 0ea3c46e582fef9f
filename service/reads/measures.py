"""The measures that a leaderboard may rank by: a record for each, with its reader and its words.

A new measure is one more record in `MEASURES`. The API, the pages and the terminal take what they offer and
what they say from there.
"""

from collections.abc import Mapping
from typing import Final, Literal, Protocol

from msgspec import Struct

from events.log.connection import Pool
from projections.criteria import ShareCriterion
from projections.leaderboards.board import Leaderboard
from projections.leaderboards.matchups import read_matchup_board
from projections.leaderboards.shares import read_share_board
from projections.past.moments import At
from projections.ratings.past import PastRatings

Who = Literal["panel", "crowd"]
"""The group that a number comes from."""


class BoardReader(Protocol):
    """Reads the leaderboard of a category, or of all (None), as it is now (`at` None) or as it was."""

    async def __call__(
        self,
        pool: Pool,
        category: str | None,
        *,
        context: str,
        past: PastRatings,
        at: At | None,
        corrected: bool,
    ) -> Leaderboard:
        """Read it; a measure that takes no context ignores `context` and `past`."""
        ...


class Measure(Struct, frozen=True, kw_only=True):
    """Something that tools are ranked by.

    Attributes:
        name: In addresses, in documents and on the command line.
        read: Reads its leaderboard.
        takes_context: Whether it ranks tools for one use case, or for all of them together.
        fitted: Whether its board stands at the last fit of ratings. An open page then waits for the next fit,
            not for the scores of the tools on it.
        who: The group whose word ranks, which decides the colour.
        unit: What `votes` of a row counts, in the singular.
        tab: Its name beside the others'.
        titled: The end of a page's title: "leaderboard by the crowd".
        ranked: The end of "Ranked by ...".
        value: The heading of its values.
        unranked: Why some tools have no rank.
    """

    name: str
    read: BoardReader
    takes_context: bool = False
    fitted: bool = False
    who: Who
    unit: str
    tab: str
    titled: str
    ranked: str
    value: str
    unranked: str


def _shares(by: ShareCriterion) -> BoardReader:
    async def read(
        pool: Pool,
        category: str | None,
        *,
        context: str,  # noqa: ARG001 - votes and reviews have none
        past: PastRatings,  # noqa: ARG001 - shares are counted, not fitted
        at: At | None,
        corrected: bool,
    ) -> Leaderboard:
        return await read_share_board(pool, category, by=by, at=at, corrected=corrected)

    return read


COMMUNITY: Final = Measure(
    name="community",
    read=_shares("community"),
    who="crowd",
    unit="vote",
    tab="Crowd",
    titled="by the crowd",
    ranked="by the share of the crowd that would ship it",
    value="Would ship",
    unranked=(
        "With fewer than five votes a tool has no rank: one voter more could move it past half of the others."
    ),
)
PANEL: Final = Measure(
    name="panel",
    read=_shares("panel"),
    who="panel",
    unit="review",
    tab="Panel",
    titled="by the panel",
    ranked="by the share of the panel that would ship it",
    value="Would ship",
    unranked="The panel has not reviewed these yet.",
)
MATCHUPS: Final = Measure(
    name="matchups",
    read=read_matchup_board,
    takes_context=True,
    fitted=True,
    who="crowd",
    unit="matchup",
    tab="Head to head",
    titled="head to head",
    ranked="by what the crowd prefers where two tools meet",
    value="Rating",
    unranked="With fewer than five matchups a tool has no rank.",
)

MEASURES: Final[Mapping[str, Measure]] = {measure.name: measure for measure in (COMMUNITY, PANEL, MATCHUPS)}
"""All of them by name, in the order in which they are offered."""

DEFAULT: Final = COMMUNITY
"""The measure of a request that names none."""


def with_context() -> str:
    """Name the measures that take a context, for messages."""
    return " or ".join(name for name, measure in MEASURES.items() if measure.takes_context)
