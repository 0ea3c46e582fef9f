"""The score document: what panel and crowd say of one tool."""

from collections.abc import Mapping
from typing import Final
from zlib import crc32

import msgspec
from msgspec import Struct, field

from events.ids import RULE_SUBJECT, Position, tool_subject
from events.log.connection import Pool
from projections import sql
from projections.registry import NAMES
from projections.rules.registry import FIRST, rule_named
from projections.rules.rule import Rule
from projections.rules.tallies import Tally
from projections.wilson import Interval

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

    @property
    def panel(self) -> Tally:
        """What the panel says."""
        return Tally(ship=self.panel_ship, skip=self.panel_skip)

    @property
    def crowd(self) -> Tally:
        """What the crowd says."""
        return Tally(ship=self.ship, skip=self.skip)


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
    """A tool's score, exact at `position`: every event up to there is counted in, by the rule of then."""

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


def score_of(slug: str, position: Position, counts: Counts, rule: Rule) -> Score:
    """Make the score document of a tool's counts by a rule."""
    panel, crowd = counts.panel, counts.crowd
    low, high = rule.interval(crowd)
    by_reason = {reason: votes for reason, votes in sorted(counts.excluded.items()) if votes}
    return Score(
        tool=slug,
        position=position,
        rule=rule.name,
        panel=PanelScore(panel.ship, panel.skip, _share(panel)),
        community=CommunityScore(
            crowd.ship, crowd.skip, crowd.votes, _share(crowd), (round(low, DIGITS), round(high, DIGITS))
        ),
        excluded=Excluded(sum(by_reason.values()), by_reason),
    )


async def read_score(pool: Pool, slug: str) -> ScoreReading:
    """Read a tool's score in one snapshot, counts and rule alike."""
    row = await pool.fetchrow(sql.select_score, tool_subject(slug), NAMES, RULE_SUBJECT)
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
    rule = FIRST if row["rule"] is None else rule_named(row["rule"])
    return ScoreReading(
        position=position,
        score=score_of(slug, position, counts, rule) if row["listed"] else None,
        # The counts, too: what has drifted is mended without an event.
        revision=f"{rule.name}-{row['panel_position']}-{row['community_position']}-{crc32(_encode(counts)):08x}",
    )


def _share(tally: Tally) -> float | None:
    return None if tally.share is None else round(tally.share, DIGITS)
