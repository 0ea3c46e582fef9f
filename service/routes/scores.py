"""Scores: `/v1/tools/{slug}/score`."""

from typing import Final

from litestar import get
from litestar.types import ASGIApp

from service import parameters
from service.answers import matches
from service.openapi import describe
from service.resources import Asking, resources_of
from service.routes import examples


@get(
    "/v1/tools/{slug:str}/score",
    operation_class=describe(
        answers=examples.SCORE,
        answers_as="Score",
        query={
            "after": (
                {"type": "integer", "minimum": 0},
                "Wait, up to 10 seconds, until this position is counted in.",
            )
        },
        refusals=(400, 404, 503),
    ),
)
async def get_score(request: Asking) -> ASGIApp:
    """Read a tool's score, exact at its `position`."""
    after = parameters.position(parameters.query(request, "after"), "after")
    shown = await resources_of(request).scoreboard.show(parameters.slug(request), after=after)
    return shown.unchanged if matches(request, shown.etag) else shown.answer


ROUTES: Final = (get_score,)
