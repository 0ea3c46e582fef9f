"""Replays in the console: ordered, followed, looked at, swapped in, cancelled, and what is refused."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from events.ids import tool_subject
from service.pages.console.replays import ROWS_MAX
from tests.support.replay_desk import REPLAYS, get, ordered, replays, stopped
from tests.support.ruling_desk import post
from tests.support.service import Caller, Service, done, fresh

LONG_AGO: Final = """
INSERT INTO log.replays (id, models, dry_run, moderator, state, swaps, created_at, ended_at)
SELECT gen_random_uuid(), '{reviews}', true, 'mo', 'cancelled', false, time, time
FROM generate_series(timestamptz '2020-01-01', timestamptz '2020-01-01' + $1 * interval '1 s', '1 s') AS time
"""

pytestmark = pytest.mark.usefixtures("no_replay_left")


async def test_a_replay_is_compared_looked_at_and_swapped_in(desk: Caller, service: Service) -> None:
    tool = fresh()
    await desk.list_tool(tool)
    await desk.score(tool, after=(await desk.vote(tool, "ann", "ship"))["position"])
    async with service.owner() as owner:
        tampering = "UPDATE read.community SET ship = ship + 1000 WHERE subject_id = $1"
        await owner.execute(tampering, tool_subject(tool))
    address = await ordered(desk, "community")
    said = await stopped(desk, address)
    assert (said["state"], said["said"]) == ("ready", "Ready: it waits for your decision")
    page = await get(desk, address)
    for words in (said["said"], said["folded"], said["rate"], "Replay of community", "Ordered by mo"):
        assert words in page
    row = page[page.index(f'href="/tools/{tool}"') :]
    assert re.findall(r"<td[^>]*>(.*?)</td>", row)[:3] == ["ship", "1,001", "1"]

    refused = await post(desk, REPLAYS, model=["community", "reviews"], then="swap")
    assert refused.status_code == 409
    assert "is ready; swap it in or cancel it first" in refused.text
    assert f'<a href="{address}">Look at that replay</a>' in refused.text

    answer = await post(desk, f"{address}/swap")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert (await stopped(desk, address))["state"] == "done"
    page = await get(desk, address)
    assert "It has taken the place of what was served." in page
    assert f'action="{address}' not in page
    assert (await desk.score(tool))["community"]["ship"] == 1
    for action in ("swap", "cancel"):
        answer = await post(desk, f"{address}/{action}")
        assert answer.status_code == 409
        assert "is done; order another one" in answer.text
    audit = done(await desk.call("GET", "/v1/moderation/audit", role="moderator", params={"who": "mo"}))
    about = [line["action"] for line in audit["items"] if line["what"] in address]
    assert about == ["replay-swapped", "replay-ordered"]


async def test_a_replay_without_a_difference_says_so_and_can_be_cancelled(desk: Caller) -> None:
    address = await ordered(desk, "catalogue", "reviews")
    assert (await stopped(desk, address))["state"] == "ready"
    page = await get(desk, address)
    assert "No difference: what is served is exactly what the log comes to" in page
    assert "Replay of catalogue and reviews" in page
    assert (await post(desk, f"{address}/cancel")).headers["location"] == address
    page = await get(desk, address)
    assert "What it rebuilt is dropped. What is served stayed as it was." in page
    assert f'action="{address}' not in page


async def test_a_replay_that_swaps_by_itself_does_so(desk: Caller) -> None:
    address = await ordered(desk, "reviews", then="swap")
    assert (await stopped(desk, address))["state"] == "done"
    listed = await get(desk, REPLAYS)
    row = listed[listed.index(f'href="{address}"') :]
    assert re.findall(r"<td>(.*?)</td>", row)[:5] == ["reviews", "mo", "swap", "Swapped in", "no difference"]


async def test_while_a_replay_runs_its_page_says_how_far_it_is_and_refuses_to_swap(
    desk: Caller, service: Service
) -> None:
    async with service.owner() as owner, owner.transaction():
        await owner.execute("SELECT pg_advisory_xact_lock(7320, 3)")  # it cannot compare
        address = await ordered(desk, "community")
        page = await get(desk, address)
        assert f'data-stream="{address}/stream"' in page
        assert f'<a href="{address}">Look again</a>' in page
        assert f'action="{address}/swap"' not in page
        answer = await post(desk, f"{address}/swap")
        assert answer.status_code == 409
        assert "is still running" in answer.text
        assert f'action="{address}/cancel"' in await get(desk, address)
        overview = await get(desk, "/moderation")
        assert f'<a href="{address}">Replay of community, by mo</a>' in overview
        assert f'mo <a href="{address}">ordered a replay</a>' in overview
    assert (await stopped(desk, address))["state"] == "ready"
    assert "A replay of community is ready and waits" in await get(desk, "/moderation")


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 422, "Tick at least one read model"),
        ({"model": "nonsense"}, 400, "There is no read model"),
    ],
)
async def test_an_order_that_means_nothing_is_refused_in_words(
    desk: Caller, fields: Mapping[str, str], status: int, said: str
) -> None:
    before = await replays(desk)
    answer = await post(desk, REPLAYS, **fields)
    assert answer.status_code == status
    assert said in answer.text
    assert await replays(desk) == before


async def test_older_replays_stand_on_further_pages(desk: Caller, service: Service) -> None:
    async with service.owner() as owner:
        await owner.execute(LONG_AGO, ROWS_MAX)
        rows = await owner.fetch("SELECT id FROM log.replays ORDER BY created_at DESC")
    path: str | None = REPLAYS
    found: list[str] = []
    while path is not None:
        page = await get(desk, path)
        found += re.findall(rf'<th scope="row"><a href="{REPLAYS}/([^"]+)"', page)
        older = re.search(r'<a rel="next" href="([^"]+)">Older', page)
        path = older and older[1]
    assert found == [str(row["id"]) for row in rows]
