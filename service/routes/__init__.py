"""The addresses under `/v1`, a module for each resource, and those for operators."""

from typing import Final

from litestar.handlers import HTTPRouteHandler

from service.routes import (
    audit,
    batches,
    bulk_votes,
    compare,
    events,
    health,
    leaderboards,
    matchups,
    panelists,
    quarantine,
    replays,
    reviews,
    rules,
    scores,
    stream,
    tools,
    votes,
)

ROUTES: Final[tuple[HTTPRouteHandler, ...]] = (
    *tools.ROUTES,
    *panelists.ROUTES,
    *reviews.ROUTES,
    *votes.ROUTES,
    *bulk_votes.ROUTES,
    *matchups.ROUTES,
    *scores.ROUTES,
    *compare.ROUTES,
    *stream.ROUTES,
    *leaderboards.ROUTES,
    *rules.ROUTES,
    *events.ROUTES,
    *batches.ROUTES,
    *audit.ROUTES,
    *quarantine.ROUTES,
    *replays.ROUTES,
    *health.ROUTES,
)
