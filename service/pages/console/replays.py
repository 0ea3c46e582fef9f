"""Replays in the console: the list of them, and the form that orders one."""

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from litestar import get, post
from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY
from msgspec import Struct
from redis.asyncio import Redis

from events.log.connection import Pool
from projections.rebuilding.replays import Replay, ReplayOrder, read_replays
from projections.registry import NAMES
from service.commands.refusals import ReplayGoingOnError
from service.http import pagination, parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.operations.replays import choose_models, start_replay
from service.pages.console.common import require_moderator, show
from service.pages.console.replay_words import (
    REPLAYS,
    SHORT_STATES,
    ProgressView,
    models_of,
    outcome_of,
    progress_of,
    replay_address,
)
from service.pages.rendering.publishing import Pages
from service.pages.session.forms import checked_form
from service.pages.session.redirects import see_other
from service.pages.session.sessions import Sessions
from service.views import addresses, words
from service.views.facts import Link
from service.views.words import TimeText

FORM_BYTES_MAX: Final = 16 * 1024
ROWS_MAX: Final = 20

ABOUT: Final = {
    "catalogue": "tools and panelists as listed",
    "reviews": "what the panel says, and its tallies",
    "community": "what the crowd says: tallies, matchups, history",
}
"""The contents of each read model, in words."""

ENDS: Final = ("compare", "swap")


class ModelOption(Struct, frozen=True):
    """A read model to tick."""

    name: str
    about: str
    ticked: bool


class ReplayRefusal(Struct, frozen=True):
    """Why no replay was ordered, and a link to the reason."""

    text: str
    link: Link | None = None


class ReplayRow(Struct, frozen=True, kw_only=True):
    """A replay in the list.

    Attributes:
        progress: None once it no longer runs.
        outcome: The difference that it found, or the error.
    """

    href: str
    ordered: TimeText
    moderator: str
    models: str
    compares: bool
    state: str
    progress: ProgressView | None
    outcome: str


class ReplaysView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        address: Of this page.
        then: What the form does at the end: "compare" or "swap".
    """

    address: str
    rows: list[ReplayRow]
    is_first: bool
    older: str | None
    choices: list[ModelOption]
    then: str
    refused: ReplayRefusal | None


class ReplayForm(Struct, frozen=True):
    """The values of the form, or its first ones."""

    models: Sequence[str] = NAMES
    then: str = ENDS[0]


@get(REPLAYS, include_in_schema=False)
@direct()
async def get_replays_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """List replays, newest first, with a form to order one."""
    require_moderator(request, sessions)
    return await _show(request, pool, pages, ReplayForm())


@post(REPLAYS, include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_replays_page(
    request: Request, *, pool: Pool, redis: Redis, pages: Pages, sessions: Sessions
) -> Response:
    """Order a replay: `model`, any number of times, and what to do `then`."""
    moderator = require_moderator(request, sessions)
    form = await checked_form(request, sessions)
    ordered = ReplayForm(form.get("model", []), form.get("then", ENDS)[0])
    if not ordered.models:
        refused = ReplayRefusal("Tick at least one read model: there is nothing to rebuild.")
        return await _show(request, pool, pages, ordered, refused, status=HTTP_422_UNPROCESSABLE_ENTITY)
    models = choose_models(ordered.models)
    asked = ReplayOrder(id=uuid4(), models=models, dry_run=ordered.then != "swap", by=moderator.author)
    try:
        replay = await start_replay(pool, redis, asked)
    except ReplayGoingOnError as error:
        refused = ReplayRefusal(error.detail, Link(f"{REPLAYS}/{error.replay}", "Look at that replay"))
        return await _show(request, pool, pages, ordered, refused, status=error.status)
    return see_other(replay_address(replay))


async def _show(
    request: Request,
    pool: Pool,
    pages: Pages,
    ordered: ReplayForm,
    refused: ReplayRefusal | None = None,
    *,
    status: int = 200,
) -> Response:
    given = parameters.known_query(request, "cursor")
    replays = await read_replays(pool, before=pagination.before(given), limit=ROWS_MAX + 1)
    shown = replays[:ROWS_MAX]
    older = pagination.encode_cursor(shown[-1].created_at.isoformat()) if len(replays) > ROWS_MAX else None
    view = ReplaysView(
        address=REPLAYS + addresses.query_string({"cursor": given.get("cursor")}),
        rows=[_row(replay) for replay in shown],
        is_first="cursor" not in given,
        older=older and REPLAYS + addresses.query_string({"cursor": older}),
        choices=[ModelOption(name, ABOUT.get(name, ""), name in ordered.models) for name in NAMES],
        then=ordered.then,
        refused=refused,
    )
    return await show(request, pages, "replays.html", "Replays", view, status=status)


def _row(replay: Replay) -> ReplayRow:
    return ReplayRow(
        href=replay_address(replay),
        ordered=words.minute(replay.created_at),
        moderator=replay.moderator,
        models=models_of(replay.models),
        compares=replay.dry_run,
        state=SHORT_STATES[replay.state],
        progress=progress_of(replay) if replay.state == "running" else None,
        outcome=replay.error or outcome_of(replay),
    )
