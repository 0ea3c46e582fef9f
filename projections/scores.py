"""The score document: what panel and crowd say of one tool."""

from typing import Final

from msgspec import Struct, field

from events.ids import Position, tool_subject
from events.log.connection import Pool
from projections import sql
from projections.registry import NAMES
from projections.wilson import Interval, wilson_interval

RULE: Final = "2026-11"
"""Version of the rules that make scores of votes: last vote of each voter, Wilson interval at 95 %."""

DIGITS: Final = 4


class PanelScore(Struct, frozen=True):
    """How many panelists say ship and skip; `share` is None without reviews."""

    ship: int
    skip: int
    share: float | None


class CommunityScore(Struct, frozen=True):
    """How many voters' last vote says ship and skip; `share` is None without votes."""

    ship: int
    skip: int
    votes: int
    share: float | None
    interval: Interval


class Excluded(Struct, frozen=True):
    """Votes that do not count, by the reason they were retracted for."""

    votes: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)


class Score(Struct, frozen=True):
    """A tool's score, exact at `position`: every event up to there is counted in."""

    tool: str
    position: Position
    rule: str
    panel: PanelScore
    community: CommunityScore
    excluded: Excluded


class ScoreReading(Struct, frozen=True):
    """What one look at the read models gave.

    Attributes:
        position: Every event up to here was seen.
        score: None if no such tool is listed.
        revision: Changes exactly when something about the score but its position does.
    """

    position: Position
    score: Score | None
    revision: str


def score_of(
    slug: str, position: Position, *, panel_ship: int, panel_skip: int, ship: int, skip: int
) -> Score:
    """Make the score document of the four counts."""
    low, high = wilson_interval(ship=ship, skip=skip)
    return Score(
        tool=slug,
        position=position,
        rule=RULE,
        panel=PanelScore(panel_ship, panel_skip, _share(panel_ship, panel_skip)),
        community=CommunityScore(
            ship, skip, ship + skip, _share(ship, skip), (round(low, DIGITS), round(high, DIGITS))
        ),
        excluded=Excluded(),
    )


async def read_score(pool: Pool, slug: str) -> ScoreReading:
    """Read a tool's score in one snapshot."""
    row = await pool.fetchrow(sql.select_score, tool_subject(slug), NAMES)
    if row is None:
        message = "select_score returns one row, always"
        raise LookupError(message)
    position = Position(row["position"])
    score = score_of(
        slug,
        position,
        panel_ship=row["panel_ship"],
        panel_skip=row["panel_skip"],
        ship=row["community_ship"],
        skip=row["community_skip"],
    )
    return ScoreReading(
        position=position,
        score=score if row["listed"] else None,
        revision=f"{RULE}-{row['panel_position']}-{row['community_position']}",
    )


def _share(ship: int, skip: int) -> float | None:
    return round(ship / (ship + skip), DIGITS) if ship + skip else None
