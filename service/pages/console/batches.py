"""The list of all batches of rulings, newest first."""

from typing import Final

from litestar import get
from msgspec import Struct

from events.log.connection import Pool
from events.moderation.batches import Batch, read_batches
from service.http import pagination, parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.console.batch_words import BATCHES, STATES, batch_address, batch_order
from service.pages.console.common import require_moderator, show
from service.pages.rendering.publishing import Pages
from service.pages.session.sessions import Sessions
from service.views import addresses, words
from service.views.words import TimeText

ROWS_MAX: Final = 50


class BatchRow(Struct, frozen=True, kw_only=True):
    """A batch in the list."""

    href: str
    ordered: TimeText
    moderator: str
    what: str
    reason: str
    note: str
    state: str
    matched: str
    applied: str
    unchanged: str


class BatchesView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        first: Whether these are the newest.
        older: The address of the next page; None at the end.
    """

    rows: list[BatchRow]
    first: bool
    older: str | None


@get(BATCHES, include_in_schema=False)
@direct()
async def get_batches_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """List batches; `cursor` is where the list goes on."""
    require_moderator(request, sessions)
    given = parameters.known_query(request, "cursor")
    batches = await read_batches(pool, before=pagination.before(given), limit=ROWS_MAX + 1)
    shown = batches[:ROWS_MAX]
    older = pagination.encode_cursor(shown[-1].created_at.isoformat()) if len(batches) > ROWS_MAX else None
    view = BatchesView(
        rows=[_row(batch) for batch in shown],
        first="cursor" not in given,
        older=older and BATCHES + addresses.query_string({"cursor": older}),
    )
    return await show(request, pages, "batches.html", "Rulings", view)


def _row(batch: Batch) -> BatchRow:
    return BatchRow(
        href=batch_address(batch),
        ordered=words.minute(batch.created_at),
        moderator=batch.moderator,
        what=batch_order(batch),
        reason=words.reason(batch.reason),
        note=batch.note,
        state=STATES[batch.state],
        matched=f"{batch.matched:,}",
        applied=f"{batch.applied:,}",
        unchanged=f"{batch.unchanged:,}",
    )
