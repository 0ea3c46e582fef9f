"""Scores as they change: `/v1/scores/stream`."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from events.ids import Position, Slug
from service.commands.refusals import UnknownToolError
from service.http import parameters
from service.http.problems import BadParameterError, TooManyStreamsError
from service.http.signature import Header
from service.http.sse import EVENT_STREAM, EventStream, Streams
from service.live.scores import LiveScores
from service.routes.declare import get
from service.routes.examples import common

TOOLS_MAX: Final = 100


class StreamQuery(Struct, frozen=True, kw_only=True):
    """The scores and ratings to follow."""

    tools: Annotated[
        str,
        Meta(
            description=f"The tools' slugs, with commas between them; up to {TOOLS_MAX}.",
            examples=["gpt-5-mini,llama-4-compact"],
        ),
    ] = ""
    ratings: Annotated[
        Slug | None,
        Meta(
            description="Tell, too, when the ratings in this context are fitted anew: "
            "an event called `ratings`.",
            examples=["overall"],
        ),
    ] = None


def _last_event(value: str) -> Position:
    # We never sent such an id, so the client has seen nothing of ours yet.
    try:
        return parameters.position({"id": value}, "id")
    except BadParameterError:
        return Position(0)


LastEvent = Annotated[
    Position,
    Header(
        "Last-Event-ID",
        "Where the stream before ended; clients of server-sent events send it.",
        _last_event,
    ),
]


@get(
    "/v1/scores/stream",
    answer=str,
    example=common.SCORE_EVENTS,
    media_type=EVENT_STREAM,
    refuses=(UnknownToolError, TooManyStreamsError),
)
async def get_stream(
    *, query: StreamQuery, last_event: LastEvent, live: LiveScores, streams: Streams
) -> EventStream:
    """Follow scores as server-sent events: `data` is the whole document, `id` its position.

    The stream starts with the score of every tool asked for. Then it sends each score that changes, whole,
    at most four times a second. A client that returns with `Last-Event-ID` first gets all scores again.

    With `ratings` it also names the fit of the ratings in that context, at the start and after each new
    fit. Leaderboards by matchups and comparisons change with a fit.
    """
    if query.ratings is None and not query.tools:
        message = (
            "Name the tools, as in ?tools=gpt-5-mini,llama-4-compact; or a context, as in ?ratings=overall."
        )
        raise BadParameterError(message)
    return EventStream(streams, live.follow(_tools(query.tools), after=last_event, context=query.ratings))


def _tools(named: str) -> list[str]:
    slugs = list(dict.fromkeys(named.split(","))) if named else []
    if len(slugs) > TOOLS_MAX:
        message = f"Ask for at most {TOOLS_MAX} tools at once; these are {len(slugs)}."
        raise BadParameterError(message)
    for slug in slugs:
        parameters.check_slug(slug)
    return slugs


ROUTES: Final = (get_stream,)
