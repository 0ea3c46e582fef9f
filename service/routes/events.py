"""The log, for moderators: `/v1/events`."""

from typing import Final

from litestar import get

from events.ids import Position
from events.kinds import FACT_NAMES
from events.log.connection import Pool
from events.log.describe import describe_page
from events.log.finding import Wanted
from events.log.reader import read_head
from service.http import pagination, parameters
from service.http.auth import MODERATORS, require
from service.http.conditional import answer_read
from service.http.problems import BadParameterError
from service.http.request import Request, direct
from service.http.response import Response
from service.http.tokens import Tokens
from service.routes.examples import common, matchups
from service.routes.openapi import describe

LIMIT_MAX: Final = 1_000
TYPES: Final = sorted(FACT_NAMES)


@get(
    "/v1/events",
    operation_class=describe(
        answers={
            "items": [common.EVENT, common.RULING, matchups.EVENT],
            "next": common.NEXT,
        },
        answers_as=common.page_of(common.EVENT_SCHEMA),
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
            "limit": ({**common.LIMIT[0], "maximum": LIMIT_MAX}, common.LIMIT[1]),
            "cursor": common.CURSOR,
        },
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_events(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """List events in order, each with its standing at this moment. For moderators."""
    require(request, tokens, *MODERATORS)
    asked = parameters.query(request, "after", "limit", "cursor", "tool", "type", "voter", "batch")
    limit = pagination.limit(asked, most=LIMIT_MAX)
    after = max(parameters.position(asked, "after"), pagination.place(asked))
    wanted = _wanted(asked)
    async with pool.acquire() as connection:
        head = await read_head(connection)
        events = await describe_page(
            connection, after=Position(after), to=head, as_of=head, wanted=wanted, limit=limit + 1
        )
    keys = [str(event.position) for event in events]
    return answer_read(request, pagination.page(events, keys, limit=limit))


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
