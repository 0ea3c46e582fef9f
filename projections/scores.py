"""The score document: what panel and crowd say of one tool."""

from collections.abc import Mapping
from typing import Final
from zlib import crc32

import msgspec
from msgspec import Struct, field

from events.ids import Position, tool_subject
from events.log.connection import Pool
from projections import sql
from projections.registry import NAMES
from projections.wilson import Interval, wilson_interval

RULE: Final = "2026-11"
"""Version of the rules that make scores of votes: last vote of each voter, Wilson interval at 95 %."""

DIGITS: Final = 4

_encode: Final = msgspec.json.Encoder(order="sorted").encode
_decode_excluded: Final = msgspec.json.Decoder(dict[str, int]).decode


class Counts(Struct, frozen=True, kw_only=True):
    """What a score is made of: verdicts of the panel and the crowd, and cast votes excluded by reason."""

    panel_ship: int = 0
    panel_skip: int = 0
    ship: int = 0
    skip: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict[str, int])


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
    by_reason: dict[str, int] = field(default_factory=dict[str, int])


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


def score_of(slug: str, position: Position, counts: Counts) -> Score:
    """Make the score document of a tool's counts."""
    ship, skip = counts.ship, counts.skip
    low, high = wilson_interval(ship=ship, skip=skip)
    by_reason = {reason: votes for reason, votes in sorted(counts.excluded.items()) if votes}
    return Score(
        tool=slug,
        position=position,
        rule=RULE,
        panel=PanelScore(counts.panel_ship, counts.panel_skip, _share(counts.panel_ship, counts.panel_skip)),
        community=CommunityScore(
            ship, skip, ship + skip, _share(ship, skip), (round(low, DIGITS), round(high, DIGITS))
        ),
        excluded=Excluded(sum(by_reason.values()), by_reason),
    )


async def read_score(pool: Pool, slug: str) -> ScoreReading:
    """Read a tool's score in one snapshot."""
    row = await pool.fetchrow(sql.select_score, tool_subject(slug), NAMES)
    if row is None:
        message = "select_score returns one row, always"
        raise LookupError(message)
    position = Position(row["position"])
    counts = Counts(
        panel_ship=row["panel_ship"],
        panel_skip=row["panel_skip"],
        ship=row["community_ship"],
        skip=row["community_skip"],
        excluded=_decode_excluded(row["excluded"]) if row["excluded"] else {},
    )
    return ScoreReading(
        position=position,
        score=score_of(slug, position, counts) if row["listed"] else None,
        # The counts, too: what has drifted is mended without an event.
        revision=f"{RULE}-{row['panel_position']}-{row['community_position']}-{crc32(_encode(counts)):08x}",
    )


def _share(ship: int, skip: int) -> float | None:
    return round(ship / (ship + skip), DIGITS) if ship + skip else None
