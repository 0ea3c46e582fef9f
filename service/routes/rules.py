"""The rules that scores are made by: `/v1/rules`."""

from typing import Annotated, Final
from uuid import uuid4

from msgspec import Meta, Struct

from events.ids import POSITION_MAX, Position, Slug
from events.log.audit import Attribution
from events.log.commands import Appended
from events.log.connection import Pool
from events.log.writer import Writer
from projections.preview.rules import START, preview_rule
from projections.rules import registry
from projections.rules.adoption import Adoption, note_order, read_adoptions
from projections.rules.registry import RULES, rule_named
from projections.rules.rule import Rule
from service.commands.refusals import UnknownRuleError
from service.commands.rules import AdoptRule
from service.http import parameters
from service.http.auth import ADMINS, MODERATORS
from service.http.pagination import (
    LIMIT_DEFAULT,
    AfterPosition,
    BeforePlace,
    Limit,
    Page,
    limit_up_to,
    page,
)
from service.http.query import Reads
from service.http.signature import Key
from service.http.tokens import Principal
from service.reads.leaderboards import BOARD_LIMIT_MAX, EVERY
from service.reads.rules import AdoptedRule, ListedRule, RuleComparison, compare_rules, list_rules
from service.routes.declare import get, post
from service.routes.examples import common, rules

PATH: Final = "/v1/rules"
NAMES: Final = [rule.name for rule in RULES]


class AdoptionsQuery(Struct, frozen=True, kw_only=True):
    """A page of adoptions."""

    limit: Limit = LIMIT_DEFAULT
    cursor: AfterPosition = Position(0)


class RulePreviewQuery(Struct, frozen=True, kw_only=True):
    """A page of the effects of a rule."""

    against: Annotated[
        str | None,
        Reads(lambda given, name: parameters.choice(given, name, NAMES, default=NAMES[0]), {"enum": NAMES}),
        Meta(description="The rule to hold it against; the current one if it is left out."),
    ] = None
    category: Annotated[Slug, Meta(description="Whose tools.")] = EVERY
    limit: Annotated[int, limit_up_to(BOARD_LIMIT_MAX)] = LIMIT_DEFAULT
    cursor: BeforePlace = None


@get(PATH, example=rules.RULES)
async def get_rules(*, pool: Pool) -> Page[ListedRule]:
    """List the rules that scores, ranks and verdicts can be made by, the oldest first, and which is current.

    `since` lists the positions from which on a rule was current. A score is made by the rule that was
    current at its position, and names that rule.
    """
    return Page(list_rules(await read_adoptions(pool, to=POSITION_MAX)), None)


@get(
    f"{PATH}/adoptions",
    callers=MODERATORS,
    example={"items": [rules.ADOPTION], "next": common.NEXT},
)
async def get_adoptions(*, query: AdoptionsQuery, pool: Pool) -> Page[Adoption]:
    """List the adoptions of rules, newest first, and who ordered them."""
    before = query.cursor or POSITION_MAX
    adoptions = await read_adoptions(pool, to=Position(before - 1))
    items = list(reversed(adoptions.all))
    return page(items, [str(item.position) for item in items], limit=query.limit)


@get(
    f"{PATH}/{{name}}/preview",
    callers=MODERATORS,
    example=rules.PREVIEW,
    refuses=(UnknownRuleError,),
)
async def get_rule_preview(*, name: str, query: RulePreviewQuery, pool: Pool) -> RuleComparison:
    """Preview what adopting a rule would change.

    The items give each listed tool's score, rank by community and verdict under both rules. Tools with
    another verdict come first, then tools with another rank. `weeks` looks back over everything that was
    published: it counts the verdicts that would have differed at the end of each week in which votes
    changed. `flips` says when a tool's own verdict would have differed. Counts and weeks are about all
    tools, on every page.
    """
    category = None if query.category == EVERY else query.category
    found = await preview_rule(
        pool,
        _rule(name),
        against=rule_named(query.against) if query.against else None,
        category=category,
        behind=query.cursor or START,
        limit=query.limit,
    )
    return compare_rules(found, category)


@post(f"{PATH}/{{name}}/adopt", callers=ADMINS, example=rules.ADOPTED, refuses=(UnknownRuleError,))
async def post_adoption(*, name: str, admin: Principal, key: Key, pool: Pool, writer: Writer) -> AdoptedRule:
    """Adopt a rule. It is current from `position` on. Adopting the current rule changes nothing.

    Scores of the past stay: as of an earlier position, the rule of that position is used. To go back, adopt
    the earlier rule.
    """
    rule = _rule(name)
    order = key.uuid() if key else uuid4()
    await note_order(pool, order, by=admin.name)
    command = AdoptRule(rule=rule.name, order=str(order))
    [answer] = await writer.submit((command,), key=key, signature=Attribution(admin.author, rule.name))
    if not isinstance(answer, Appended):
        raise answer
    return AdoptedRule(rule.name, answer.position, answer.changed)


def _rule(name: str) -> Rule:
    """Find a rule.

    Raises:
        UnknownRuleError: there is none of this name.
    """
    try:
        return rule_named(name)
    except registry.RuleNotFoundError as error:
        raise UnknownRuleError(str(error)) from error


ROUTES: Final = (get_rules, get_adoptions, get_rule_preview, post_adoption)
