"""Scores: `/v1/tools/{slug}/score`."""

from typing import Final

from litestar import get

from service import parameters
from service.answers import Answer
from service.asking import Asking, direct
from service.openapi import describe
from service.revalidation import matches
from service.routes import examples


async def get_score_now(request: Asking) -> Answer:
    """Read a tool's score, exact at its `position`."""
    after = parameters.position(parameters.query(request, "after"), "after")
    shown = await request.resources.scoreboard.show(parameters.slug(request), after=after)
    return shown.unchanged if matches(request, shown.etag) else shown.answer


get_score = get(
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
)(direct()(get_score_now))


ROUTES: Final = (get_score,)
