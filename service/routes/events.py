"""The log, for moderators: `/v1/events`."""

from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, Struct

from events.ids import Position, Slug
from events.kinds import FACT_NAMES
from events.log.connection import Pool
from events.log.describe import DescribedEvent, describe_page
from events.log.finding import Wanted
from events.log.reader import read_head
from service.http.auth import MODERATORS
from service.http.pagination import LIMIT_DEFAULT, AfterPosition, LongLimit, Page, page
from service.http.problems import BadParameterError
from service.http.query import Reads
from service.routes.declare import get
from service.routes.examples import common, matchups
from service.routes.openapi import page_of

TYPES: Final = sorted(FACT_NAMES)


def _type(given: Mapping[str, str], name: str) -> str:
    if given[name] not in TYPES:
        message = f"There is no event type {given[name][:80]!r}; known: {', '.join(TYPES)}."
        raise BadParameterError(message)
    return given[name]


class EventsQuery(Struct, frozen=True, kw_only=True):
    """A page of the events that match."""

    after: Annotated[Position | None, Meta(description="Only events behind this position.")] = None
    tool: Annotated[
        Slug | None,
        Meta(description="Only events about this tool; a preference is about both of its tools."),
    ] = None
    type: Annotated[
        str | None, Reads(_type, {"enum": TYPES}), Meta(description="Only events of this type.")
    ] = None
    voter: Annotated[
        UUID | None, Meta(description="Only this voter's votes and preferences, by pseudonym.")
    ] = None
    batch: Annotated[UUID | None, Meta(description="Only the rulings of this batch.")] = None
    limit: LongLimit = LIMIT_DEFAULT
    cursor: AfterPosition = Position(0)


@get(
    "/v1/events",
    callers=MODERATORS,
    answer=page_of(common.EVENT_SCHEMA),
    example={"items": [common.EVENT, common.RULING, matchups.EVENT], "next": common.NEXT},
)
async def get_events(*, query: EventsQuery, pool: Pool) -> Page[DescribedEvent]:
    """List events in order, each with its present standing."""
    wanted = Wanted(tool=query.tool, type=query.type, voter=query.voter, batch=query.batch)
    async with pool.acquire() as connection:
        head = await read_head(connection)
        events = await describe_page(
            connection,
            after=max(query.after or Position(0), query.cursor),
            to=head,
            as_of=head,
            wanted=wanted,
            limit=query.limit + 1,
        )
    return page(events, [str(event.position) for event in events], limit=query.limit)


ROUTES: Final = (get_events,)
