"""The Prometheus metrics of one API process."""

from time import perf_counter
from typing import Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from events.log import sql
from events.log.connection import LOST, Pool
from events.log.writer import Writer
from projections.catching_up import checkpoints
from projections.checking.rounds import read_checks
from projections.quarantine.register import count_quarantined
from service.http.sse import Streams

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """Counts requests as they pass, and reads the state of the writer and the read models for a scrape."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._requests = Counter(
            "ostraka_requests",
            "Requests answered, by method, route and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "ostraka_request_seconds",
            "Time from a request's arrival to the start of its response.",
            ("method", "route"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._lag = Gauge(
            "ostraka_read_model_lag_events",
            "Events in the log that a read model has not folded yet.",
            ("model",),
            registry=self.registry,
        )
        self._head = Gauge("ostraka_head_position", "Position of the last event.", registry=self.registry)
        self._quarantined = Gauge(
            "ostraka_subjects_set_aside",
            "Subjects in quarantine because one of their events cannot be folded.",
            registry=self.registry,
        )
        self._drift = Gauge(
            "ostraka_drift_total",
            "Subjects that differed from the log and were folded again; the same number in every process.",
            registry=self.registry,
        )
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def watch(self, writer: Writer, pool: Pool, streams: Streams) -> None:
        """Set the sources that `refresh` and a scrape read."""
        self._pool = pool
        for name, help_, read in (
            (
                "ostraka_queued_commands",
                "Commands waiting for the next commit.",
                lambda: writer.queued_commands,
            ),
            ("ostraka_commands_total", "Commands committed.", lambda: writer.commands),
            ("ostraka_commits_total", "Group commits.", lambda: writer.batches),
            ("ostraka_open_streams", "Event streams that are open.", lambda: streams.open),
        ):
            Gauge(name, help_, registry=self.registry).set_function(read)

    async def refresh(self) -> None:
        """Update the gauges that need Postgres. They keep their last value while Postgres is unreachable."""
        try:
            head = await self._pool.fetchrow(sql.select_head)
            models = await checkpoints(self._pool)
            self._quarantined.set(await count_quarantined(self._pool))
            self._drift.set((await read_checks(self._pool)).drift)
        except LOST:
            return
        position = head["position"] if head else 0
        self._head.set(position)
        for model, reached in models.items():
            self._lag.labels(model).set(position - reached)

    def counting(self, app: ASGIApp) -> ASGIApp:
        """Wrap the app (as Litestar middleware) so that each response is counted."""

        async def count(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            start = perf_counter()

            async def note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self.count(scope["method"], _route(scope), message["status"], perf_counter() - start)
                await send(message)

            await app(scope, receive, note)

        return count

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one response and the seconds until it started."""
        key = (method, route, status)
        children = self._children.get(key)
        if children is None:
            children = self._children[key] = (
                self._requests.labels(method, route, str(status)),
                self._seconds.labels(method, route),
            )
        children[0].inc()
        children[1].observe(seconds)


def _route(scope: Scope) -> str:
    # Litestar sets it when it has found the route.
    template: str = scope.get("path_template", "(none)")  # pyright: ignore[reportUnknownMemberType]
    return template
