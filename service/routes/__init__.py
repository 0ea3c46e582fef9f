"""The addresses under `/v1`, a module for each resource, and those for operators."""

from typing import Final

from litestar.handlers import HTTPRouteHandler

from service.routes import (
    audit,
    batches,
    compare,
    events,
    health,
    leaderboards,
    matchups,
    moderation,
    panelists,
    replays,
    reviews,
    rules,
    scores,
    set_aside,
    stream,
    tools,
    votes,
)

ROUTES: Final[tuple[HTTPRouteHandler, ...]] = (
    *tools.ROUTES,
    *panelists.ROUTES,
    *reviews.ROUTES,
    *votes.ROUTES,
    *batches.ROUTES,
    *matchups.ROUTES,
    *scores.ROUTES,
    *compare.ROUTES,
    *stream.ROUTES,
    *leaderboards.ROUTES,
    *rules.ROUTES,
    *events.ROUTES,
    *moderation.ROUTES,
    *audit.ROUTES,
    *set_aside.ROUTES,
    *replays.ROUTES,
    *health.ROUTES,
)
