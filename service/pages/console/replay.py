"""The page of one replay: its progress, then the difference, and buttons to swap it in or cancel it."""

from typing import Final

from litestar import get, post
from msgspec import Struct
from redis.asyncio import Redis

from events.log.commands import Refusal
from events.log.connection import Pool
from projections.rebuilding.replays import Replay, ReplayState
from service.commands.refusals import ReplayEndedError, ReplayRunningError
from service.http.request import Request, direct
from service.http.response import Response
from service.http.sse import EventStream, Streams
from service.operations.replays import cancel_replay, find_replay, follow_replay, swap_in
from service.pages.console.common import require_moderator, show
from service.pages.console.replay_difference import DifferenceView, difference_view
from service.pages.console.replay_words import (
    REPLAYS,
    ProgressView,
    models_of,
    progress_of,
    replay_address,
    write_progress,
)
from service.pages.rendering import reading
from service.pages.rendering.publishing import Pages
from service.pages.session.forms import checked_form
from service.pages.session.redirects import see_other
from service.pages.session.sessions import Sessions
from service.views import words
from service.views.words import TimeText

FORM_BYTES_MAX: Final = 4 * 1024

WAITS: Final = "At the head of the log it is compared with what is served, and waits for your decision."
SWAPS: Final = (
    "At the head of the log it takes the place of what is served, in one step that no reader notices."
)
COMES_TO: Final[dict[ReplayState, str]] = {
    "ready": "Nothing is changed yet: readers see what they saw before, and the live read models go on.",
    "done": "It has taken the place of what was served.",
    "cancelled": "What it rebuilt is dropped. What is served stayed as it was.",
    "failed": "What it rebuilt is dropped. What is served stayed as it was.",
}


class ReplayView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        address: Of this page.
        comes_to: The effect on what is served, in words.
        difference: None until it is known.
        refused: Why the last request was refused.
    """

    address: str
    models: str
    ordered: TimeText
    ended: TimeText | None
    moderator: str
    progress: ProgressView
    comes_to: str
    error: str | None
    difference: DifferenceView | None
    refused: str | None


@get(f"{REPLAYS}/{{id:str}}", include_in_schema=False)
@direct()
async def get_replay_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Show a replay's progress, its difference and its buttons."""
    require_moderator(request, sessions)
    return await _show(request, pages, await _asked_for(request, pool))


@get(f"{REPLAYS}/{{id:str}}/stream", include_in_schema=False)
@direct()
async def get_replay_page_stream(
    request: Request, *, pool: Pool, streams: Streams, sessions: Sessions
) -> EventStream:
    """Stream the progress of a replay, in words, until it no longer runs."""
    require_moderator(request, sessions)
    parts = follow_replay(pool, await _asked_for(request, pool), write=write_progress)
    return EventStream(streams, parts)


@post(f"{REPLAYS}/{{id:str}}/swap", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_replay_page_swap(
    request: Request, *, pool: Pool, redis: Redis, pages: Pages, sessions: Sessions
) -> Response:
    """Swap a ready replay in."""
    by = require_moderator(request, sessions).author
    await checked_form(request, sessions)
    replay = await _asked_for(request, pool)
    try:
        await swap_in(pool, redis, replay.id, by=by)
    except (ReplayRunningError, ReplayEndedError) as refusal:
        return await _refuse(request, pool, pages, refusal)
    return see_other(replay_address(replay))


@post(f"{REPLAYS}/{{id:str}}/cancel", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_replay_page_cancel(
    request: Request, *, pool: Pool, pages: Pages, sessions: Sessions
) -> Response:
    """Cancel a replay; what is served does not change."""
    by = require_moderator(request, sessions).author
    await checked_form(request, sessions)
    replay = await _asked_for(request, pool)
    try:
        await cancel_replay(pool, replay.id, by=by)
    except ReplayEndedError as refusal:
        return await _refuse(request, pool, pages, refusal)
    return see_other(replay_address(replay))


async def _asked_for(request: Request, pool: Pool) -> Replay:
    return await find_replay(pool, reading.page_id(request))


async def _refuse(request: Request, pool: Pool, pages: Pages, refusal: Refusal) -> Response:
    return await _show(request, pages, await _asked_for(request, pool), refusal)


async def _show(request: Request, pages: Pages, replay: Replay, refusal: Refusal | None = None) -> Response:
    models = models_of(replay.models)
    view = ReplayView(
        address=replay_address(replay),
        models=models,
        ordered=words.minute(replay.created_at),
        ended=replay.ended_at and words.minute(replay.ended_at),
        moderator=replay.moderator,
        progress=progress_of(replay),
        comes_to=_comes_to(replay),
        error=replay.error,
        difference=None if replay.difference is None else difference_view(replay.difference),
        refused=refusal and refusal.detail,
    )
    status = refusal.status if refusal else 200
    return await show(request, pages, "replay.html", f"Replay of {models}", view, status=status)


def _comes_to(replay: Replay) -> str:
    if replay.state != "running":
        return COMES_TO[replay.state]
    # A replay that runs on with a known difference has been ordered to swap.
    return WAITS if replay.dry_run and replay.difference is None else SWAPS
