"""The log, for moderators: `/v1/events`."""

from typing import Final, get_args

from litestar import get

from events.facts import AnyFact
from events.ids import Position
from events.log.describe import describe_page
from events.log.finding import Wanted
from events.log.reader import read_head
from service import paging, parameters
from service.answers import Answer
from service.asking import Asking, direct
from service.auth import require
from service.openapi import describe
from service.problems import BadParameterError
from service.revalidation import answer_read
from service.routes import examples, matchup_examples
from service.tokens import Role

LIMIT_MAX: Final = 1_000
TYPES: Final = sorted(fact.__name__ for fact in get_args(AnyFact))


@get(
    "/v1/events",
    operation_class=describe(
        answers={
            "items": [examples.EVENT, examples.RULING, matchup_examples.EVENT],
            "next": examples.NEXT,
        },
        answers_as=examples.page_of(examples.EVENT_SCHEMA),
        query={
            "after": ({"type": "integer", "minimum": 0}, "Only events behind this position."),
            "tool": (
                {"type": "string"},
                "Only events about this tool; a preference is about both of its tools.",
            ),
            "type": ({"enum": TYPES}, "Only events of this type."),
            "voter": (
                {"type": "string", "format": "uuid"},
                "Only this voter's votes and preferences, by pseudonym.",
            ),
            "batch": ({"type": "string", "format": "uuid"}, "Only the rulings of this batch."),
            "limit": ({**examples.LIMIT[0], "maximum": LIMIT_MAX}, examples.LIMIT[1]),
            "cursor": examples.CURSOR,
        },
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_events(request: Asking) -> Answer:
    """List events in order, each with its standing at this moment. For moderators."""
    require(request, Role.MODERATOR, Role.ADMIN)
    asked = parameters.query(request, "after", "limit", "cursor", "tool", "type", "voter", "batch")
    limit = paging.limit(asked, most=LIMIT_MAX)
    after = max(parameters.position(asked, "after"), paging.place(asked))
    wanted = _wanted(asked)
    async with request.resources.pool.acquire() as connection:
        head = await read_head(connection)
        events = await describe_page(
            connection, after=Position(after), to=head, as_of=head, wanted=wanted, limit=limit + 1
        )
    keys = [str(event.position) for event in events]
    return answer_read(request, paging.page(events, keys, limit=limit))


def _wanted(asked: dict[str, str]) -> Wanted:
    tool, type_ = asked.get("tool"), asked.get("type")
    if tool is not None:
        parameters.check_slug(tool)
    if type_ is not None and type_ not in TYPES:
        message = f"There is no event type {type_[:80]!r}; known: {', '.join(TYPES)}."
        raise BadParameterError(message)
    return Wanted(
        tool=tool,
        type=type_,
        voter=parameters.check_uuid(asked["voter"]) if "voter" in asked else None,
        batch=parameters.check_uuid(asked["batch"]) if "batch" in asked else None,
    )


ROUTES: Final = (get_events,)
