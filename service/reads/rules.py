"""The documents of rules: what there is, what another one would say, and what was adopted."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from events.ids import Position
from projections.preview.rules import RuleEffect, RulePreview
from projections.preview.weeks import Week
from projections.rules.adoption import Adoptions
from projections.rules.registry import FIRST, RULES
from projections.rules.rule import Rule
from service.http import pagination
from service.reads.leaderboards import EVERY


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


class RuleComparison(Struct, frozen=True, kw_only=True):
    """A page of the effects of a rule, held against another. Exact at `position`.

    Attributes:
        tools: How many are listed.
        verdicts: Of these, how many would have another verdict now.
        ranks: And how many another rank by community.
        next: The cursor of the page that follows; None on the last one.
    """

    rule: str
    against: str
    category: str
    position: Position
    tools: int
    verdicts: int
    ranks: int
    weeks: list[Week]
    items: list[RuleEffect]
    next: str | None


class AdoptedRule(Struct, frozen=True):
    """The result of adopting a rule: the position from which on it is current."""

    rule: str
    position: Position
    changed: bool


def compare_rules(found: RulePreview, category: str | None) -> RuleComparison:
    """Make the document of a preview of the tools of a category; None is every tool."""
    return RuleComparison(
        rule=found.rule,
        against=found.against,
        category=category or EVERY,
        position=found.position,
        tools=found.tools,
        verdicts=found.verdicts,
        ranks=found.ranks,
        weeks=found.weeks,
        items=found.effects,
        next=found.next and pagination.encode_cursor(f"{found.next[0]}/{found.next[1]}"),
    )


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
