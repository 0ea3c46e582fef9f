"""Applies what was previewed, and nothing else."""

from typing import Final

from litestar import post
from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY
from msgspec.structs import replace
from redis.asyncio import Redis

from events.facts import Reason
from events.log.audit import Author
from events.log.commands import Refusal
from events.log.connection import Pool
from events.log.writer import Writer
from events.moderation.batches import read_batch
from events.moderation.orders import BatchOrder
from projections.comparison.numbers import count
from service.http.parameters import Preference
from service.http.request import Request, direct
from service.http.response import Response
from service.http.schemas import NOTE_LENGTH_MAX
from service.operations.batches import run_order
from service.pages.console.batch_words import BATCHES, VERBS
from service.pages.console.common import CONSOLE_ROOT, FORM_BYTES_MAX, require_moderator
from service.pages.console.preview_tokens import Intent, PreviewSummary, read_token, summary_of, write_token
from service.pages.console.previews import REASONS, UNSAID, Filled, Instead, look, show_preview
from service.pages.console.refusals import NotTakenError, show_not_taken
from service.pages.console.selections import Form
from service.pages.rendering.publishing import Pages
from service.pages.session.forms import checked_form
from service.pages.session.redirects import see_other
from service.pages.session.sessions import Sessions
from service.pages.session.signer import Signer

CONFLICT: Final = 409
AT_LEISURE: Final = Preference(wait_s=0.0, respond_async=False)
"""A small batch is done when the page appears; the page follows a large one."""


@post(f"{CONSOLE_ROOT}/apply", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_apply(
    request: Request, *, pool: Pool, redis: Redis, writer: Writer, pages: Pages, sessions: Sessions
) -> Response:
    """Order the batch of a preview's signed `token`, with a `reason` and a `note`.

    Applying it again leads to the same batch. If more events match now, or it would rule on other events,
    the preview is shown again; `instead` is the token for exactly the events that were shown before.
    """
    signer, moderator = sessions.signer, require_moderator(request, sessions)
    form = await checked_form(request, sessions)
    try:
        [token, *_] = form.get("instead") or form.get("token") or [""]
        intent = read_token(signer, token, by=moderator.author)
    except NotTakenError as error:
        return await show_not_taken(request, pages, error)
    filled = _filled(form)
    asked = _order(intent, filled, by=moderator.author)
    batch_page = f"{BATCHES}/{intent.id}"
    wide = asked if intent.settled else _widened(asked)
    found = await look(pool, wide)
    # Looked for last: a batch is written down ahead of its first ruling, which the preview may have seen.
    if await read_batch(pool, intent.id) is not None:
        return see_other(batch_page)
    now = summary_of(found)
    if now != intent.shown:
        return await show_preview(
            request,
            pages,
            wide,
            found,
            filled,
            signer=signer,
            changed=_difference(intent.shown, now),
            instead=_instead(signer, intent, now),
            status=CONFLICT,
        )
    if filled.refused:
        return await show_preview(
            request, pages, asked, found, filled, signer=signer, status=HTTP_422_UNPROCESSABLE_ENTITY
        )
    try:
        await run_order(pool, redis, writer, asked, AT_LEISURE)
    except Refusal:
        # Once it is ordered its page says what is wrong, or that others go on with it.
        if await read_batch(pool, intent.id) is None:
            raise
    return see_other(batch_page)


def _filled(form: Form) -> Filled:
    written = form.get("reason", [""])[0]
    reason: Reason | None = next((each for each in REASONS if each == written), None)
    note = form.get("note", [""])[0].replace("\r\n", "\n").strip()
    refused = None
    if reason is None:
        refused = "Choose a reason. Nothing was applied yet."
    elif len(note) > NOTE_LENGTH_MAX or "\x00" in note:
        refused = f"A note is text of at most {NOTE_LENGTH_MAX:,} characters. Nothing was applied yet."
    return Filled(reason=reason, note=note, refused=refused)


def _order(intent: Intent, filled: Filled, *, by: Author) -> BatchOrder:
    return BatchOrder(
        id=intent.id,
        action=intent.action,
        select=intent.select,
        reverts=intent.reverts,
        reason=filled.reason or UNSAID,
        note=filled.note,
        by=by,
        as_of=intent.position,
        fingerprint=intent.id.bytes,
    )


def _widened(asked: BatchOrder) -> BatchOrder:
    """Let a selection by properties mean all that matches by now, too."""
    select = asked.select
    return asked if select is None else replace(asked, select=replace(select, before_position=None))


def _instead(signer: Signer, intent: Intent, now: PreviewSummary) -> Instead | None:
    """Offer to apply only what was previewed, if more events match now."""
    if now.matched <= intent.shown.matched:
        return None
    seen = count(intent.shown.matched, "event")
    return Instead(
        write_token(signer, replace(intent, settled=True)),
        f"{VERBS[intent.action]} only the {seen} that you saw",
    )


def _difference(before: PreviewSummary, now: PreviewSummary) -> str:
    more = now.matched - before.matched
    if more > 0:
        came = f"{count(more, 'more event')} {'matches' if more == 1 else 'match'} by now"
        return f"Nothing was applied: {came}. This preview takes {'it' if more == 1 else 'them'} in."
    return (
        "Nothing was applied: what it would rule on has changed since you looked. "
        f"Then {_sum(before)}; now {_sum(now)}."
    )


def _sum(shown: PreviewSummary) -> str:
    where = "tool or matchup" if shown.subjects == 1 else "tools and matchups"
    matched, ruled = count(shown.matched, "event"), count(shown.rulings, "ruling")
    return f"{matched} and {ruled} on {shown.subjects:,} {where}"
