"""Scores as they change: `/v1/scores/stream`."""

from typing import Final

from litestar import get

from events.ids import Position
from service.http import parameters
from service.http.problems import BadParameterError
from service.http.request import Request, direct
from service.http.sse import EVENT_STREAM, EventStream, Streams
from service.live.scores import LiveScores
from service.routes.examples import common
from service.routes.openapi import describe

TOOLS_MAX: Final = 100


@get(
    "/v1/scores/stream",
    operation_class=describe(
        answers=common.SCORE_EVENTS,
        answers_as={"type": "string"},
        answers_type=EVENT_STREAM,
        query={
            "tools": (
                {"type": "string", "examples": ["gpt-5-mini,llama-4-compact"]},
                f"The tools' slugs, with commas between them; up to {TOOLS_MAX}.",
            ),
            "ratings": (
                {"type": "string", "examples": ["overall"]},
                "Tell, too, when the ratings in this context are fitted anew: an event called `ratings`.",
            ),
        },
        headers={"Last-Event-ID": "Where the stream before ended; clients of server-sent events send it."},
        refusals=(400, 404, 503),
    ),
)
@direct()
async def get_stream(request: Request, *, live: LiveScores, streams: Streams) -> EventStream:
    """Follow scores as server-sent events: `data` is the whole document, `id` its position.

    First the score of every tool asked for, then each one that changed: never a difference, four times a
    second at most, and always the newest. Who comes again with `Last-Event-ID` gets all of them first, too,
    as they are by then.

    With `ratings` it also names the fit of the ratings in that context, at first and whenever there is
    another: what leaderboards by matchups and comparisons say changes then, and once for all tools.
    """
    asked = parameters.query(request, "tools", "ratings")
    context = asked.get("ratings")
    if context is not None:
        parameters.check_slug(context)
    elif not asked.get("tools"):
        message = (
            "Name the tools, as in ?tools=gpt-5-mini,llama-4-compact; or a context, as in ?ratings=overall."
        )
        raise BadParameterError(message)
    events = live.follow(_tools(asked), after=_last_event(request), context=context)
    return EventStream(streams, events)


def _tools(asked: dict[str, str]) -> list[str]:
    if not asked.get("tools"):
        return []
    slugs = list(dict.fromkeys(asked["tools"].split(",")))
    if len(slugs) > TOOLS_MAX:
        message = f"Ask for at most {TOOLS_MAX} tools at once; these are {len(slugs)}."
        raise BadParameterError(message)
    for slug in slugs:
        parameters.check_slug(slug)
    return slugs


def _last_event(request: Request) -> Position:
    # We never sent such an id, so the client has seen nothing of ours yet.
    value = (request.header(b"last-event-id") or b"").decode("latin-1")
    try:
        return parameters.position({"id": value}, "id")
    except BadParameterError:
        return Position(0)


ROUTES: Final = (get_stream,)
