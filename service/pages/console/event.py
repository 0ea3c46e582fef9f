"""One event's story: what it says, how it stands and why, what surrounds it, and what it did to a score."""

from uuid import UUID

from litestar import get
from litestar.exceptions import NotFoundException
from msgspec import Struct

from events.facts import EventRetracted, RuleAdopted, RulingFact
from events.ids import Position
from events.log.connection import Connection, Pool
from events.log.describe import DescribedEvent
from events.log.reader import read_head
from events.log.story import Story, read_story
from events.moderation.batches import read_batch
from projections.rules.adoption import read_adoptions
from service.http import parameters
from service.http.problems import BadParameterError
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.console import event_text
from service.pages.console.common import require_moderator, show
from service.pages.console.event_effect import EffectView, read_effect
from service.pages.console.event_fields import FieldView, fields_of
from service.pages.console.event_text import EventRow, write_rows
from service.pages.rendering.publishing import Pages
from service.pages.session.sessions import Sessions
from service.views.facts import Link
from service.views.words import TimeText


class RulingView(Struct, frozen=True, kw_only=True):
    """The last ruling on the event.

    Attributes:
        done: "retracted" or "reinstated".
        why: Reason and note.
        ordered_by: The account; None where nobody knows.
    """

    done: str
    by: Link
    time: TimeText
    batch: Link | None
    why: str
    ordered_by: str | None


class StoryView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        occurred: When it happened by what a client or an import claims; None where nobody did.
        stored: Its canonical JSON, or its data as they are stored where they cannot be read.
        ordered_by: Who ordered this very event, a ruling or an adoption; None for others.
        successor: The event that took its place, and what that one says.
        stream: Everything in its stream, in order; `earlier` and `later` are how many more there are.
        effect: None for what no score depends on.
    """

    event: EventRow
    occurred: TimeText | None
    fields: list[FieldView]
    stored: str
    ordered_by: str | None
    ruling: RulingView | None
    successor: EventRow | None
    stream: list[EventRow]
    earlier: int
    later: int
    effect: EffectView | None
    previous: str | None
    next: str | None


@get("/moderation/events/{position:str}", include_in_schema=False)
@direct()
async def get_event_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Show one event."""
    require_moderator(request, sessions)
    position = _position(request)
    view = await _view(pool, position)
    return await show(request, pages, "event.html", f"Event {position:,}", view)


def _position(request: Request) -> Position:
    try:
        return parameters.position(request.scope["path_params"], "position")
    except BadParameterError as error:
        raise NotFoundException(detail="Events are numbered from 1 on.") from error


async def _view(pool: Pool, position: Position) -> StoryView:
    async with pool.acquire() as connection:
        head = await read_head(connection)
        story = await read_story(connection, position, as_of=head)
        if story is None:
            raise NotFoundException(detail=f"There is no event {position:,}; the last one is {head:,}.")
        stream = await write_rows(connection, story.stream, as_of=head)
        [successor] = (
            await write_rows(connection, [story.successor], as_of=head) if story.successor else [None]
        )
        ordered_by = await _ordered_by(pool, connection, story.event)
    occurred = story.event.occurred_at
    return StoryView(
        event=next(row for row in stream if row.position == position),
        occurred=event_text.time_of(occurred) if isinstance(occurred, str) else None,
        fields=fields_of(story.event.data),
        stored=story.stored,
        ordered_by=ordered_by,
        ruling=await _ruling(pool, story),
        successor=successor,
        stream=stream,
        earlier=story.earlier,
        later=story.later,
        effect=await read_effect(pool, story.event),
        previous=event_text.event_page(position - 1) if position > 1 else None,
        next=event_text.event_page(position + 1) if position < head else None,
    )


async def _ruling(pool: Pool, story: Story) -> RulingView | None:
    ruling = story.ruling
    if ruling is None:
        return None
    fact = ruling.data if isinstance(ruling.data, RulingFact) else None
    return RulingView(
        done="retracted" if ruling.type == EventRetracted.__name__ else "reinstated",
        by=Link(event_text.event_page(ruling.position), f"{ruling.position:,}"),
        time=event_text.time_of(ruling.recorded_at),
        batch=Link(event_text.batch_page(fact.batch), event_text.short(fact.batch)) if fact else None,
        why=event_text.describe_fact(fact) if fact else "",
        ordered_by=await _moderator(pool, fact.batch) if fact else None,
    )


async def _ordered_by(pool: Pool, connection: Connection, event: DescribedEvent) -> str | None:
    match event.data:
        case RulingFact():
            return await _moderator(pool, event.data.batch)
        case RuleAdopted():
            adoptions = await read_adoptions(connection, to=event.position)
            return adoptions.all[-1].adopted_by
        case _:
            return None


async def _moderator(pool: Pool, batch: str) -> str | None:
    try:
        found = await read_batch(pool, UUID(batch))
    except ValueError:
        return None
    return found.moderator if found else None
