"""The rules that scores are made by: `/v1/rules`."""

from typing import Final
from uuid import uuid4

from litestar import get, post

from events.ids import Position
from events.log.audit import Signature
from events.log.commands import Appended
from events.log.connection import Pool
from events.log.writer import Writer
from projections.preview.rules import START, preview_rule
from projections.rules import registry
from projections.rules.adoption import note_order, read_adoptions
from projections.rules.registry import RULES, rule_named
from projections.rules.rule import Rule
from service.commands.refusals import UnknownRuleError
from service.commands.rules import AdoptRule
from service.http import pagination, parameters
from service.http.auth import MODERATORS, require
from service.http.conditional import answer_read
from service.http.parameters import POSITION_MAX
from service.http.request import Request, direct
from service.http.response import Response, encode
from service.http.submit import idempotency_key
from service.http.tokens import Role, Tokens
from service.reads.documents import list_rules
from service.reads.leaderboards import EVERY, LIMIT_MAX
from service.routes.examples import common, rules
from service.routes.openapi import IDEMPOTENCY_KEY, describe

PATH: Final = "/v1/rules"
NAMES: Final = [rule.name for rule in RULES]


@get(
    PATH,
    operation_class=describe(
        answers=rules.RULES, answers_as=common.page_of("ListedRule"), refusals=(400, 503)
    ),
)
@direct()
async def get_rules(request: Request, *, pool: Pool) -> Response:
    """List the rules that scores, ranks and verdicts can be made by, the oldest first, and which is current.

    `since` says from which positions on a rule was current. What was published under another is read by that
    one for ever: a score as of a position is made by the rule that was current there, and names it.
    """
    parameters.query(request)
    adoptions = await read_adoptions(pool, to=Position(POSITION_MAX))
    return answer_read(request, {"items": list_rules(adoptions), "next": None})


@get(
    f"{PATH}/adoptions",
    operation_class=describe(
        answers={"items": [rules.ADOPTION], "next": common.NEXT},
        answers_as=common.page_of("Adoption"),
        query={"limit": common.LIMIT, "cursor": common.CURSOR},
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_adoptions(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """List who adopted which rule, newest first. For moderators."""
    require(request, tokens, *MODERATORS)
    asked = parameters.query(request, "limit", "cursor")
    limit, before = pagination.limit(asked), pagination.place(asked) or Position(POSITION_MAX)
    adoptions = await read_adoptions(pool, to=Position(before - 1))
    items = list(reversed(adoptions.all))
    return answer_read(request, pagination.page(items, [str(item.position) for item in items], limit=limit))


@get(
    f"{PATH}/{{name:str}}/preview",
    operation_class=describe(
        answers=rules.PREVIEW,
        answers_as=rules.PREVIEW_SCHEMA,
        query={
            "against": ({"enum": NAMES}, "The rule to hold it against; the current one if it is left out."),
            "category": ({"type": "string", "default": EVERY}, "Whose tools."),
            "limit": ({**common.LIMIT[0], "maximum": LIMIT_MAX}, common.LIMIT[1]),
            "cursor": common.CURSOR,
        },
        refusals=(400, 401, 403, 404, 503),
    ),
)
@direct()
async def get_rule_preview(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """See what adopting a rule would change, without adopting it. For moderators.

    Each listed tool's score, rank by community and verdict, by the rule it is held against and by this one;
    those with another verdict come first, then those with another rank. And over all that was ever published:
    how many verdicts would have been other at the end of each week in which any vote changed (`weeks`), and
    when a tool's own would have been (`flips`). Counts and weeks are of all tools, whatever the page.
    """
    require(request, tokens, *MODERATORS)
    rule = _rule(request)
    asked = parameters.query(request, "against", "category", "limit", "cursor")
    limit, behind = pagination.limit(asked, most=LIMIT_MAX), pagination.split_cursor(asked)
    against = parameters.choice(asked, "against", NAMES, default=NAMES[0]) if "against" in asked else None
    category = asked.get("category", EVERY)
    parameters.check_slug(category)
    found = await preview_rule(
        pool,
        rule,
        against=rule_named(against) if against else None,
        category=None if category == EVERY else category,
        behind=behind or START,
        limit=limit,
    )
    document = {
        "rule": found.rule,
        "against": found.against,
        "category": category,
        "position": found.position,
        "tools": found.tools,
        "verdicts": found.verdicts,
        "ranks": found.ranks,
        "weeks": found.weeks,
        "items": found.effects,
        "next": found.next and pagination.encode_cursor(f"{found.next[0]}/{found.next[1]}"),
    }
    return answer_read(request, document)


@post(
    f"{PATH}/{{name:str}}/adopt",
    status_code=200,
    operation_class=describe(
        answers=rules.ADOPTED,
        answers_as=rules.ADOPTED_SCHEMA,
        headers=IDEMPOTENCY_KEY,
        refusals=(400, 401, 403, 404, 413, 422, 503),
    ),
)
@direct()
async def post_adoption(request: Request, *, pool: Pool, writer: Writer, tokens: Tokens) -> Response:
    """Let a rule be current from `position` on; adopting the current one changes nothing. For admins.

    It changes no score of the past: as of any position before, the rule of then is used. Adopt the one before
    to go back.
    """
    admin = require(request, tokens, Role.ADMIN)
    rule = _rule(request)
    parameters.query(request)
    key = await idempotency_key(request, admin)
    order = key.uuid() if key else uuid4()
    await note_order(pool, order, by=admin.name)
    command = AdoptRule(rule=rule.name, order=str(order))
    [answer] = await writer.submit((command,), key=key, signature=Signature(admin.author, rule.name))
    if not isinstance(answer, Appended):
        raise answer
    return Response(encode({"rule": rule.name, "position": answer.position, "changed": answer.changed}))


def _rule(request: Request) -> Rule:
    """Read a rule's name from the path.

    Raises:
        UnknownRuleError: there is none of this name.
    """
    try:
        return rule_named(request.scope["path_params"]["name"])
    except registry.UnknownRuleError as error:
        raise UnknownRuleError(str(error)) from error


ROUTES: Final = (get_rules, get_adoptions, get_rule_preview, post_adoption)
