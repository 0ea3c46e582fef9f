"""Health for operators: alive, ready, and the numbers behind it."""

import signal
from collections.abc import Generator
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from tests.support.service import Caller, Service, done, fresh
from tests.support.up import RunningUp, running_up, temporary_home, wait_until


def samples_of(text: str) -> list[Sample]:
    return [sample for family in text_string_to_metric_families(text) for sample in family.samples]


async def scrape(caller: Caller) -> list[Sample]:
    answer = await caller.call("GET", "/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return samples_of(answer.text)


async def test_a_living_process_says_so(caller: Caller) -> None:
    assert done(await caller.call("GET", "/health/live")) == {"live": True}


async def test_a_ready_one_tells_head_models_and_lag(caller: Caller) -> None:
    tool = fresh()
    position = await caller.list_tool(tool)
    await caller.score(tool, after=position)
    report = done(await caller.call("GET", "/health/ready"))
    assert (report["ready"], report["postgres"], report["redis"]) == (True, "ok", "ok")
    assert report["head"] >= position
    assert set(report["models"]) >= {"catalogue", "reviews", "community"}
    assert all(reached >= position for reached in report["models"].values())
    assert report["lag"] == report["head"] - min(report["models"].values())


async def test_metrics_tell_of_requests_lag_queue_and_commits(caller: Caller) -> None:
    await caller.vote(await _listed(caller), fresh("ann"), "ship")
    names = {sample.name for sample in await scrape(caller)}
    assert names >= {
        "ostraka_requests_total",
        "ostraka_request_seconds_bucket",
        "ostraka_read_model_lag_events",
        "ostraka_head_position",
        "ostraka_queued_commands",
        "ostraka_commands_total",
        "ostraka_commits_total",
    }


async def test_requests_are_counted_by_route_and_status_not_by_address(caller: Caller) -> None:
    tool = fresh()
    await caller.call("GET", f"/v1/tools/{tool}")
    counted = [sample for sample in await scrape(caller) if sample.name == "ostraka_requests_total"]
    assert counted
    assert all(tool not in sample.labels["route"] for sample in counted)
    assert all(sample.labels["status"].isdigit() for sample in counted)


async def test_a_votes_lag_is_gone_once_it_is_counted_in(caller: Caller) -> None:
    tool = await _listed(caller)
    await caller.score(tool, after=(await caller.vote(tool, fresh("ann"), "ship"))["position"])
    lags = [sample for sample in await scrape(caller) if sample.name == "ostraka_read_model_lag_events"]
    assert {sample.labels["model"] for sample in lags} >= {"catalogue", "reviews", "community"}
    assert all(sample.value == 0 for sample in lags)


@pytest.fixture
def own_up() -> Generator[tuple[RunningUp, Service]]:
    """Run a service that may be harmed."""
    with temporary_home() as home, running_up(home) as up:
        yield up, Service(up.url, home)


async def test_without_postgres_it_is_alive_but_not_ready_and_recovers(
    own_up: tuple[RunningUp, Service],
) -> None:
    up, service = own_up
    postgres = up.part("postgres")
    supervisor_held = up.tree()[0]
    async with service.client() as client:
        caller = Caller(service, client)
        tool = await _listed(caller)
        supervisor_held.send_signal(signal.SIGSTOP)  # so that it is not brought back at once
        try:
            postgres.kill()
            answer = await caller.call("GET", "/health/ready")
            while answer.status_code == 200:
                answer = await caller.call("GET", "/health/ready")
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/json"
            report = answer.json()
            assert (report["ready"], report["redis"]) == (False, "ok")
            assert report["postgres"].startswith("not reached")
            assert (await caller.call("GET", "/health/live")).status_code == 200
            assert samples_of((await caller.call("GET", "/metrics")).text)
            for method, path, role in (
                ("GET", f"/v1/tools/{tool}", None),
                ("GET", "/v1/tools", None),
                ("GET", f"/v1/tools/{tool}/reviews", None),
                ("GET", f"/v1/tools/{tool}/vote", "voter"),
                ("DELETE", f"/v1/tools/{tool}/vote", "voter"),
                ("PUT", f"/v1/tools/{tool}/vote", "voter"),
            ):
                body: dict[str, Any] = {"json": {"choice": "ship"}} if method == "PUT" else {}
                refusal = await caller.call(method, path, role=role, **body)
                assert refusal.status_code == 503, f"{method} {path}: {refusal.text}"
                assert refusal.headers["content-type"] == "application/problem+json"
                assert refusal.headers["retry-after"] == "1"
        finally:
            supervisor_held.send_signal(signal.SIGCONT)
        assert wait_until(lambda: up.finds("postgres") and up.part("postgres").pid != postgres.pid)
        while (await caller.call("GET", "/health/ready")).status_code != 200:
            pass
        position = (await caller.vote(tool, "ann", "ship"))["position"]
        assert (await caller.score(tool, after=position))["community"]["ship"] == 1


async def _listed(caller: Caller) -> str:
    tool = fresh()
    await caller.list_tool(tool)
    return tool
