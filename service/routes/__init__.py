"""The addresses under `/v1`, a module for each resource, and those for operators.

- `tools`         the catalogue
- `panelists`     the panel
- `reviews`       a panelist's review of a tool
- `votes`         a voter's own vote on a tool
- `bulk_votes`    up to 10,000 votes in one request, from a service
- `matchups`      two tools, and a voter's own preference
- `scores`        a tool's score now and then, its history and changes
- `compare`       tools side by side, with a verdict
- `stream`        scores as server-sent events
- `leaderboards`  how the tools of a category rank
- `rules`         the rules that scores are made by
- `events`        the log, for moderators
- `batches`       batches of rulings
- `audit`         who did what
- `quarantine`    quarantined subjects
- `replays`       read models rebuilt beside the live ones
- `health`        liveness, readiness and metrics
- `examples`      what the schema shows as an example
- `openapi`       describes declared routes in the schema
- `fast_path`     answers the two busiest calls before Litestar's routing
- `declare`       declares a route once: its decorators
"""

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
