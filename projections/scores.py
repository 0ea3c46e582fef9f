"""The score document of a tool: the votes of panel and crowd."""

from collections.abc import Mapping, Sequence
from typing import Final
from zlib import crc32

import msgspec
from asyncpg import Record
from msgspec import UNSET, Struct, UnsetType, field

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
    """The counts that a score is made of by a rule.

    Attributes:
        panel_ship: Verdicts of the panel.
        ship: Votes of the crowd that count by the rule.
        anonymous_ship: Votes of people without an account, whether they count or not.
        excluded: Cast votes that were retracted, by reason.
    """

    panel_ship: int = 0
    panel_skip: int = 0
    ship: int = 0
    skip: int = 0
    anonymous_ship: int = 0
    anonymous_skip: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def panel(self) -> Tally:
        """The panel's verdicts."""
        return Tally(ship=self.panel_ship, skip=self.panel_skip)

    @property
    def crowd(self) -> Tally:
        """The crowd's votes that count."""
        return Tally(ship=self.ship, skip=self.skip)

    @property
    def anonymous(self) -> Tally:
        """The votes of people without an account."""
        return Tally(ship=self.anonymous_ship, skip=self.anonymous_skip)


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


class AnonymousScore(Struct, frozen=True):
    """How many voters without an account say ship and skip, and whether they count among the crowd."""

    ship: int
    skip: int
    votes: int
    counted: bool


class Excluded(Struct, frozen=True):
    """Votes that do not count, by the reason they were retracted for."""

    votes: int = 0
    by_reason: dict[str, int] = field(default_factory=dict[str, int])


class Score(Struct, frozen=True):
    """A tool's score, exact at `position`: every event up to there is counted in, by the rule of then.

    `anonymous` is left out where nobody voted without an account.
    """

    tool: str
    position: Position
    rule: str
    panel: PanelScore
    community: CommunityScore
    excluded: Excluded
    anonymous: AnonymousScore | UnsetType = UNSET


class ScoreReading(Struct, frozen=True):
    """The result of reading one score.

    Attributes:
        position: Every event up to here was seen.
        counted: Of the last event about the tool that is counted in; above `position` while a read model of
            votes or reviews is ahead of others.
        rule: By which the score is made.
        counts: The counts that it is made of.
        score: None if the tool is not listed.
        revision: Changes exactly when something about the score but its position does.
    """

    position: Position
    counted: Position
    rule: Rule
    counts: Counts
    score: Score | None
    revision: str


def score_of(slug: str, position: Position, counts: Counts, rule: Rule) -> Score:
    """Make the score document of a tool's counts by a rule."""
    panel, crowd = counts.panel, counts.crowd
    low, high = rule.interval(crowd)
    return Score(
        tool=slug,
        position=position,
        rule=rule.name,
        panel=PanelScore(panel.ship, panel.skip, _share(panel)),
        community=CommunityScore(
            crowd.ship, crowd.skip, crowd.votes, _share(crowd), (round(low, DIGITS), round(high, DIGITS))
        ),
        excluded=excluded_of(counts),
        anonymous=_anonymous(counts.anonymous, rule),
    )


def excluded_of(counts: Counts) -> Excluded:
    """Sum up which votes do not count."""
    by_reason = {reason: votes for reason, votes in sorted(counts.excluded.items()) if votes}
    return Excluded(sum(by_reason.values()), by_reason)


async def read_current_score(pool: Pool, slug: str) -> ScoreReading:
    """Read a tool's score in one snapshot, counts and rule alike."""
    return (await read_scores(pool, [slug]))[0]


async def read_scores(pool: Pool, slugs: Sequence[str]) -> Sequence[ScoreReading]:
    """Read the scores of tools, in the order they are asked for, all in one snapshot."""
    rows = await pool.fetch(sql.select_scores, [tool_subject(slug) for slug in slugs], NAMES, RULE_SUBJECT)
    return [_reading(slug, row) for slug, row in zip(slugs, rows, strict=True)]


def _reading(slug: str, row: Record) -> ScoreReading:
    position = Position(row["position"])
    rule = FIRST if row["rule"] is None else rule_named(row["rule"])
    counts = Counts(
        panel_ship=row["panel_ship"],
        panel_skip=row["panel_skip"],
        ship=rule.counted(row["community_ship"], anonymous=row["anonymous_ship"]),
        skip=rule.counted(row["community_skip"], anonymous=row["anonymous_skip"]),
        anonymous_ship=row["anonymous_ship"],
        anonymous_skip=row["anonymous_skip"],
        excluded=_decode_excluded(row["excluded"]) if row["excluded"] else {},
    )
    return ScoreReading(
        position=position,
        counted=Position(max(row["panel_position"], row["community_position"])),
        rule=rule,
        counts=counts,
        score=score_of(slug, position, counts, rule) if row["listed"] else None,
        # The counts belong to it: a drifted score is repaired without an event.
        revision=f"{rule.name}-{row['panel_position']}-{row['community_position']}-{crc32(_encode(counts)):08x}",
    )


def _anonymous(tally: Tally, rule: Rule) -> AnonymousScore | UnsetType:
    if not tally.votes:
        return UNSET
    return AnonymousScore(tally.ship, tally.skip, tally.votes, rule.counts_anonymous)


def _share(tally: Tally) -> float | None:
    return None if tally.share is None else round(tally.share, DIGITS)
