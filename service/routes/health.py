"""For operators: `/health/live`, `/health/ready`, `/metrics`."""

from typing import Any, Final

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from events.log import sql
from events.log.connection import LOST, Pool
from projections.catching_up import checkpoints
from projections.quarantine.register import count_quarantined
from service.http.response import Response, encode
from service.routes.declare import get
from service.server.metrics import Metrics

READY_EXAMPLE: Final = {
    "ready": True,
    "postgres": "ok",
    "redis": "ok",
    "head": 120345,
    "models": {"catalogue": 120345, "reviews": 120345, "community": 120345},
    "lag": 0,
    "set_aside": 0,
}


@get("/health/live", answer={}, example={"live": True}, is_probe=True)
async def get_live() -> Response:
    """Check that the process answers."""
    return Response(encode({"live": True}))


@get("/health/ready", answer={}, example=READY_EXAMPLE, is_probe=True)
async def get_ready(*, pool: Pool, redis: Redis) -> Response:
    """Check whether requests can be served, and how far each read model has folded.

    Not ready (503) means that Postgres cannot be reached or is not migrated. Without Redis scores lag by
    about a second, and nothing else changes. `set_aside` counts the subjects in quarantine: an event of
    theirs cannot be folded, so their scores stand still. Everything else is served.
    """
    report: dict[str, Any] = {"ready": True, "postgres": "ok", "redis": "ok"}
    try:
        await redis.ping()  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
    except (RedisError, OSError) as error:
        report["redis"] = f"not reached: {type(error).__name__}"
    try:
        head = await pool.fetchrow(sql.select_head)
        models = await checkpoints(pool)
        aside = await count_quarantined(pool)
    except asyncpg.UndefinedTableError:
        report |= {"ready": False, "postgres": "not migrated: run `ostraka migrate`"}
    except LOST as error:
        report |= {"ready": False, "postgres": f"not reached: {type(error).__name__}"}
    else:
        position = head["position"] if head else 0
        report |= {"head": position, "models": models, "lag": position - min(models.values())}
        report["set_aside"] = aside
    return Response(encode(report), status=200 if report["ready"] else 503)


@get(
    "/metrics",
    answer=str,
    example="ostraka_commands_total 120345.0\n",
    media_type="text/plain",
    is_probe=True,
)
async def get_metrics(*, metrics: Metrics) -> Response:
    """Read this process's metrics, in the Prometheus text format."""
    await metrics.refresh()
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST.encode())


ROUTES: Final = (get_live, get_ready, get_metrics)
