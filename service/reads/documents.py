"""Documents that readers get, where they are more than a read model's own."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict

from events.ids import Position
from projections.past.history import Bucket
from projections.past.matchups import Matchups, Preferences
from projections.quarantine.register import Aside
from projections.rules.adoption import Adoptions
from projections.rules.registry import FIRST, RULES
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


class Since(Struct, frozen=True):
    """From which position on a rule was current, and since when; None for the one that the log began with."""

    position: Position
    adopted_at: datetime | None


class ListedRule(Rule, frozen=True, kw_only=True):
    """A rule, and when it became current, the last time first.

    Attributes:
        name: Year and month; the `rule` that scores name.
        summary: What it does.
        reason: Why one would want it.
        confidence: How often an interval is to hold what a much larger crowd would give.
        z: The standard-normal quantile of that.
        ranked_votes_min: With fewer votes a tool has no rank by community, nor by matchups.
        ranked_reviews_min: With fewer reviews it has none by panel.
        lead_votes_min: With fewer votes on either of two tools neither leads. Head to head, with fewer
            preferences that name a winner neither does; ties do not.
        lead_reviews_min: With fewer reviews of either neither leads with the panel.
        clear_leads_min: Criteria that the same tool has to lead by for a clear verdict.
        counts_anonymous: Whether votes and preferences of people without an account count among the others.
    """

    current: bool
    since: list[Since]


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


def list_rules(adoptions: Adoptions) -> list[ListedRule]:
    """Make the documents of all rules, the oldest first."""
    since = {rule.name: [Since(Position(0), None)] if rule is FIRST else [] for rule in RULES}
    for adoption in adoptions.all:
        if adoption.rule in since:  # a newer build's may be among them
            since[adoption.rule].insert(0, Since(adoption.position, adoption.adopted_at))
    return [
        ListedRule(**asdict(rule), current=rule.name == adoptions.current, since=since[rule.name])
        for rule in RULES
    ]
