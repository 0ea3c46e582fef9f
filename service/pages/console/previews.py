"""Shows what a batch of rulings would change, before it does; its form applies exactly that."""

from collections.abc import Sequence
from typing import Final, get_args
from uuid import UUID, uuid4

from litestar import post
from msgspec import Struct
from msgspec.structs import replace

from events.facts import Reason
from events.ids import Position
from events.log.connection import Pool
from events.moderation.orders import BatchOrder
from events.moderation.ruling import Action
from events.moderation.selection import Selection
from projections.comparison.numbers import count
from projections.preview.effects import Preview, preview
from service.commands.refusals import BatchRunningError
from service.http.request import Request, direct
from service.http.response import Response
from service.http.schemas import NOTE_LENGTH_MAX
from service.operations.batches import find_batch
from service.pages.console.batch_words import BATCHES, OPPOSITES, VERBS, selected
from service.pages.console.common import CONSOLE_ROOT, FORM_BYTES_MAX, require_moderator, show
from service.pages.console.effects import EffectsView, effects_view
from service.pages.console.filters import log_address
from service.pages.console.preview_tokens import PreviewSummary, summary_of, token_of
from service.pages.console.refusals import NotTakenError, UnclearError, show_not_taken
from service.pages.console.selections import read_choice
from service.pages.rendering import reading
from service.pages.rendering.publishing import Pages
from service.pages.session.forms import checked_form
from service.pages.session.sessions import Sessions
from service.pages.session.signer import Signer
from service.reads.as_of import reach_head
from service.views import words
from service.views.facts import Link

REASONS: Final[Sequence[Reason]] = get_args(Reason)
UNSAID: Final[Reason] = "other"
"""A preview does not depend on the reason, so the form asks for the reason below it."""


class ReasonOption(Struct, frozen=True):
    """A reason to choose."""

    value: Reason
    text: str
    chosen: bool


class Filled(Struct, frozen=True, kw_only=True):
    """The form's contents: the reason and the note, and why they were refused."""

    reason: Reason | None = None
    note: str = ""
    refused: str | None = None


class Instead(Struct, frozen=True):
    """Another way to apply: the token of the previous preview, and the text of its button."""

    token: str
    text: str


class PreviewView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        act: The action in words.
        selection: The events in words; None for those of the batch that it `reverts`.
        said: How many events match, and of how many the standing would change.
        nothing: Whether nothing would change.
        changed: The difference from the previous preview, in words; None the first time.
        token: The signed token of this preview; "" if there is nothing to apply.
        instead: Another token that may be applied; None without one.
        back: The way back without applying anything.
    """

    title: str
    act: str
    selection: str | None
    reverts: Link | None
    position: str
    said: str
    nothing: bool
    changed: str | None
    effects: EffectsView
    reasons: list[ReasonOption]
    note: str
    note_length_max: int
    refused: str | None
    token: str
    instead: Instead | None
    back: Link


@post(f"{CONSOLE_ROOT}/preview", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_preview(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Preview a ruling on chosen events; the form comes from the list of events."""
    moderator = require_moderator(request, sessions)
    form = await checked_form(request, sessions)
    try:
        action = _action(form.get("action", [""])[0])
        select = await read_choice(pool, form)
    except NotTakenError as error:
        return await show_not_taken(request, pages, error)
    asked = BatchOrder(
        id=uuid4(),
        action=action,
        select=select,
        reverts=None,
        reason=UNSAID,
        note="",
        by=moderator.author,
    )
    return await show_preview(request, pages, asked, await look(pool, asked), signer=sessions.signer)


@post(f"{BATCHES}/{{id:str}}/revert-preview", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_revert_preview(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Preview the reversal of a batch."""
    moderator = require_moderator(request, sessions)
    await checked_form(request, sessions)
    batch = await find_batch(pool, reading.page_id(request))
    if batch.state == "running":
        raise BatchRunningError(batch.id)
    asked = BatchOrder(
        id=uuid4(),
        action=OPPOSITES[batch.action],
        select=None,
        reverts=batch.id,
        reason=batch.reason,
        note="",
        by=moderator.author,
    )
    return await show_preview(
        request, pages, asked, await look(pool, asked), Filled(reason=batch.reason), signer=sessions.signer
    )


async def look(pool: Pool, asked: BatchOrder) -> Preview:
    """Preview an order as of now.

    Raises:
        NotCaughtUpError: the read models did not reach the log's end in time.
    """
    await reach_head(pool)
    return await preview(pool, asked)


async def show_preview(
    request: Request,
    pages: Pages,
    asked: BatchOrder,
    found: Preview,
    filled: Filled | None = None,
    *,
    signer: Signer,
    changed: str | None = None,
    instead: Instead | None = None,
    status: int = 200,
) -> Response:
    """Answer with a preview and the form to apply it; later events are not part of the selection."""
    filled = filled or Filled()
    asked = _pinned(asked, found.position)
    shown = summary_of(found)
    act = f"{VERBS[asked.action]} {count(shown.rulings, 'event')}"
    title = act if asked.reverts is None else "Revert a batch"
    if not shown.rulings:
        title = f"Nothing to {asked.action}"
    view = PreviewView(
        title=title,
        act=act,
        selection=asked.select and selected(asked.select),
        reverts=None if asked.reverts is None else _batch_link(asked.reverts),
        position=f"{found.position:,}",
        said=_said(asked, shown),
        nothing=not shown.rulings,
        changed=changed,
        effects=effects_view(found),
        reasons=[ReasonOption(each, words.reason(each), each == filled.reason) for each in REASONS],
        note=filled.note,
        note_length_max=NOTE_LENGTH_MAX,
        refused=filled.refused,
        token=token_of(signer, asked, found) if shown.rulings else "",
        instead=instead,
        back=_back(asked),
    )
    return await show(request, pages, "preview.html", title, view, status=status)


def _pinned(asked: BatchOrder, position: Position) -> BatchOrder:
    """Limit a selection by properties to the events that were previewed."""
    select = asked.select
    if select is None or select.positions is not None or select.before_position is not None:
        return asked
    return replace(asked, select=replace(select, before_position=position + 1))


def _action(written: str) -> Action:
    for action in VERBS:
        if action == written:
            return action
    message = "The form does not say whether to retract or to reinstate them."
    raise UnclearError(message)


def _back(asked: BatchOrder) -> Link:
    """Lead to the batch that would be taken back, or to the list with the filters that chose the events."""
    if asked.reverts is not None:
        return _batch_link(asked.reverts)
    select = asked.select or Selection()
    given = {
        "tool": select.tool,
        "voter": select.voter and str(select.voter),
        "type": select.type,
        "from": select.from_ and select.from_.isoformat(),
        "to": select.to and select.to.isoformat(),
    }
    return Link(log_address({name: value for name, value in given.items() if value}), "Back to the events")


def _batch_link(id_: UUID) -> Link:
    return Link(f"{BATCHES}/{id_}", f"batch {id_}")


def _said(asked: BatchOrder, shown: PreviewSummary) -> str:
    if not shown.matched:
        return "Nothing matches: no vote, preference or review is there to be ruled on."
    matches = f"{count(shown.matched, 'event')} {'matches' if shown.matched == 1 else 'match'}"
    if asked.reverts is not None:
        stand = "ruled on by others since"
    else:
        stand = "retracted already" if asked.action == "retract" else "not retracted"
    left = shown.matched - shown.rulings
    if not shown.rulings:
        return f"{matches}, but nothing would change: {'it is' if left == 1 else 'they are'} {stand}."
    if left:
        return f"{matches}; {left:,} of them {'is' if left == 1 else 'are'} {stand} and would stay so."
    return f"{matches}."
