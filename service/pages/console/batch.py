"""The page of one batch of rulings: its order, its progress, each outcome, and a button to stop it."""

from typing import Final

from litestar import get, post
from msgspec import Struct

from events.ids import Position
from events.log.connection import Pool
from events.moderation.batches import (
    Batch,
    TargetOutcome,
    cancel_batch,
    read_missed,
    read_outcomes,
    read_reverts,
)
from projections.comparison.numbers import count, join
from service.http import pagination, parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.operations.batches import find_batch
from service.pages.console.batch_words import BATCHES, NOUNS, OUTCOMES, STATES, batch_address, selected
from service.pages.console.common import FORM_BYTES_MAX, require_moderator, show
from service.pages.console.event_text import event_page
from service.pages.console.filters import log_address as events_address
from service.pages.rendering import reading
from service.pages.rendering.publishing import Pages
from service.pages.session.forms import checked_form
from service.pages.session.redirects import see_other
from service.pages.session.sessions import Sessions
from service.views import addresses, words
from service.views.facts import Link
from service.views.words import TimeText

OUTCOMES_MAX: Final = 100
MISSED_SHOWN: Final = 50
REVERTS_SHOWN: Final = 20


class OutcomeRow(Struct, frozen=True):
    """The outcome for one event, and the ruling on it."""

    event: Link
    outcome: str
    ruling: Link | None


class BatchView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        address: Of this page, which reloads itself from it while the batch runs.
        looked_at: Events that are done, of all `matched`.
        said: The progress in words.
        missed: The positions it was ordered for at which nothing can be ruled on, in words; None without any.
        selection: Which events it is about; None are those of the batch that it `reverts`.
        reverted_by: Those that take it back.
        refused: The reason why it was not stopped.
    """

    id: str
    address: str
    title: str
    moderator: str
    ordered: TimeText
    ended: TimeText | None
    selection: str | None
    reverts: Link | None
    reverted_by: list[Link]
    reason: str
    note: str
    state: str
    running: bool
    looked_at: int
    matched: int
    said: str
    error: str | None
    missed: str | None
    events: str
    rows: list[OutcomeRow]
    first: bool
    next: str | None
    refused: str | None


@get(f"{BATCHES}/{{id:str}}", include_in_schema=False)
@direct()
async def get_batch_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Show a batch; `cursor` is where the list of its events goes on."""
    require_moderator(request, sessions)
    return await _show(request, pool, pages, await find_batch(pool, reading.page_id(request)))


@post(f"{BATCHES}/{{id:str}}/cancel", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_batch_page_cancel(
    request: Request, *, pool: Pool, pages: Pages, sessions: Sessions
) -> Response:
    """Stop a batch where it is."""
    by = require_moderator(request, sessions).author
    await checked_form(request, sessions)
    batch = await find_batch(pool, reading.page_id(request))
    if await cancel_batch(pool, batch.id, by=by):
        return see_other(batch_address(batch))
    ended = await find_batch(pool, batch.id)
    return await _show(
        request, pool, pages, ended, refused="It had ended already, so there was nothing left to stop."
    )


async def _show(
    request: Request, pool: Pool, pages: Pages, batch: Batch, *, refused: str | None = None
) -> Response:
    given = parameters.known_query(request, "cursor")
    after = pagination.place(given)
    outcomes = await read_outcomes(pool, batch, after=after, limit=OUTCOMES_MAX + 1)
    rows = outcomes[:OUTCOMES_MAX]
    following = pagination.encode_cursor(str(rows[-1].position)) if len(outcomes) > OUTCOMES_MAX else None
    reverted_by = await read_reverts(pool, batch.id, limit=REVERTS_SHOWN)
    title = f"{NOUNS[batch.action]} of {count(batch.matched, 'event')}"
    view = BatchView(
        id=str(batch.id),
        address=batch_address(batch) + addresses.query_string({"cursor": given.get("cursor")}),
        title=title,
        moderator=batch.moderator,
        ordered=words.minute(batch.created_at),
        ended=batch.ended_at and words.minute(batch.ended_at),
        selection=batch.select and selected(batch.select),
        reverts=batch.reverts and Link(f"{BATCHES}/{batch.reverts}", str(batch.reverts)),
        reverted_by=[Link(f"{BATCHES}/{id_}", str(id_)) for id_ in reverted_by],
        reason=words.reason(batch.reason),
        note=batch.note,
        state=STATES[batch.state],
        running=batch.state == "running",
        looked_at=batch.applied + batch.unchanged,
        matched=batch.matched,
        said=_said(batch),
        error=batch.error,
        missed=await _missed(pool, batch),
        events=events_address({"batch": str(batch.id)}),
        rows=[_row(batch, outcome) for outcome in rows],
        first=after == Position(0),
        next=following and batch_address(batch) + addresses.query_string({"cursor": following}),
        refused=refused,
    )
    return await show(request, pages, "batch.html", title, view, status=409 if refused else 200)


def _said(batch: Batch) -> str:
    waiting = batch.matched - batch.applied - batch.unchanged
    said = [f"{batch.applied:,} {'retracted' if batch.action == 'retract' else 'reinstated'}"]
    said.append(f"{batch.unchanged:,} left as they were")
    if waiting:
        said.append(f"{waiting:,} {'to go' if batch.state == 'running' else 'not looked at'}")
    return f"{join(said)}, of {count(batch.matched, 'event')}"


async def _missed(pool: Pool, batch: Batch) -> str | None:
    missed = await read_missed(pool, batch)
    if not missed:
        return None
    told = [f"{position:,}" for position in missed[:MISSED_SHOWN]]
    if len(missed) > MISSED_SHOWN:
        told.append(f"{len(missed) - MISSED_SHOWN:,} more")
    return join(told)


def _row(batch: Batch, outcome: TargetOutcome) -> OutcomeRow:
    ruling = outcome.ruling
    return OutcomeRow(
        event=Link(event_page(outcome.position), f"{outcome.position:,}"),
        outcome=OUTCOMES[batch.action, outcome.outcome],
        ruling=None if ruling is None else Link(event_page(ruling), f"{ruling:,}"),
    )
