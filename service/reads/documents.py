"""Documents that readers get, where they are more than a read model's own."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from events.ids import Position
from projections.past.history import Bucket, Unit
from projections.past.matchups import Matchups, Preferences
from projections.quarantine.register import Aside
from projections.rules.rule import Rule
from projections.scores import DIGITS, AnonymousScore, CommunityScore, Counts, Excluded, PanelScore, score_of


class Standing(Struct, frozen=True):
    """The numbers of a score, without its tool and position."""

    panel: PanelScore
    community: CommunityScore
    excluded: Excluded
    anonymous: AnonymousScore | UnsetType = UNSET


class HistoryItem(Struct, frozen=True):
    """A tool's score at the end of a bucket.

    Attributes:
        start: When the bucket begins.
        position: Of the last event in it about the tool; the score is exact there.
        rule: By which the scores are made; current at that position.
        votes: Vote events in it, counting or not.
        published: As readers saw it then.
        corrected: The same votes and reviews by the rulings known now.
    """

    start: datetime
    position: Position
    rule: str
    votes: int
    published: Standing
    corrected: Standing


class History(Struct, frozen=True):
    """A page of a tool's history. Exact at `position`.

    Attributes:
        bucket: The length of a bucket.
        next: The cursor of the page that follows; None on the last one.
    """

    tool: str
    bucket: Unit
    position: Position
    items: list[HistoryItem]
    next: str | None


class Retried(Struct, frozen=True):
    """The result of another try at a quarantined subject; `set_aside` is None if it is folded again."""

    subject: str
    set_aside: Aside | None = None


class ContextScore(Struct, frozen=True):
    """The crowd's preference between two tools in one context.

    Attributes:
        left_wins: Voters whose last preference is the left tool.
        votes: Voters who have a preference; those who prefer neither are among them.
        share: The left tool's wins and half of the ties, of the votes; None without votes.
        excluded: Preferences that were retracted.
        anonymous: Those of people without an account, whether they count or not; left out where there are
            none.
    """

    context: str
    left_wins: int
    right_wins: int
    ties: int
    votes: int
    share: float | None
    excluded: Excluded
    anonymous: int | UnsetType = UNSET


class MatchupScore(Struct, frozen=True):
    """The crowd's preference between two tools, in all contexts together and in each. Exact at `position`.

    Attributes:
        left: The tool whose slug comes first in the alphabet; in a comparison the one asked for first.
        votes: Preferences; whoever has one in several contexts is counted in each of them.
        share: The left tool's wins and half of the ties, of the votes; None without votes.
    """

    left: str
    right: str
    position: Position
    left_wins: int
    right_wins: int
    ties: int
    votes: int
    share: float | None
    contexts: list[ContextScore]


def matchup_score(*, left: str, right: str, matchups: Matchups) -> MatchupScore:
    """Make the document of a pair's matchups."""
    contexts = matchups.contexts
    total = Preferences(
        left_wins=sum(each.left_wins for each in contexts.values()),
        right_wins=sum(each.right_wins for each in contexts.values()),
        ties=sum(each.ties for each in contexts.values()),
    )
    return MatchupScore(
        left,
        right,
        matchups.position,
        *_numbers(total),
        [
            ContextScore(name, *_numbers(each), _excluded(each.excluded), each.anonymous or UNSET)
            for name, each in contexts.items()
        ],
    )


def history_item(bucket: Bucket) -> HistoryItem:
    """Make the document of a bucket."""
    return HistoryItem(
        bucket.start,
        bucket.position,
        bucket.rule.name,
        bucket.votes,
        _standing(bucket.published, bucket.rule),
        _standing(bucket.corrected, bucket.rule),
    )


def _standing(counts: Counts, rule: Rule) -> Standing:
    score = score_of("", Position(0), counts, rule)
    return Standing(score.panel, score.community, score.excluded, score.anonymous)


def _numbers(preferences: Preferences) -> tuple[int, int, int, int, float | None]:
    left, right, tie = preferences.left_wins, preferences.right_wins, preferences.ties
    votes = left + right + tie
    return left, right, tie, votes, round((left + tie / 2) / votes, DIGITS) if votes else None


def _excluded(by_reason: Mapping[str, int]) -> Excluded:
    return Excluded(sum(by_reason.values()), dict(sorted(by_reason.items())))
