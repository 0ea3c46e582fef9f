"""The console's pages about work in the background: who may see them, what they order, what they refuse."""

import asyncio
import html
import json
import re
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

import httpx
import pytest

from events.ids import tool_subject
from projections.registry import NAMES
from service.pages.console.replays import ROWS_MAX
from tests.support.bad_events import spoil
from tests.support.forms import PAGE, csrf_of, own_origin, sign_in
from tests.support.service import Caller, Service, done, fresh

REPLAYS: Final = "/moderation/replays"
SET_ASIDE: Final = "/moderation/set-aside"
NOBODYS: Final = "0198c7a5-0000-4000-8000-000000000000"
LOOKS_MAX: Final = 1_000
LOOK_S: Final = 0.05

LONG_AGO: Final = """
INSERT INTO log.replays (id, models, dry_run, moderator, state, swaps, created_at, ended_at)
SELECT gen_random_uuid(), '{reviews}', true, 'mo', 'cancelled', false, time, time
FROM generate_series(timestamptz '2020-01-01', timestamptz '2020-01-01' + $1 * interval '1 s', '1 s') AS time
"""

SET_IT_ASIDE: Final = """
INSERT INTO read.set_aside VALUES ($1, $2, 'VoteCast', '?', now(), 0, now() + interval '1 hour')
"""

READ: Final = ("/moderation", REPLAYS, f"{REPLAYS}/{NOBODYS}", f"{REPLAYS}/{NOBODYS}/stream", SET_ASIDE)
POSTED: Final = (
    REPLAYS,
    f"{REPLAYS}/{NOBODYS}/swap",
    f"{REPLAYS}/{NOBODYS}/cancel",
    f"{SET_ASIDE}/1/retry",
)
EVERY: Final = [*(("GET", path) for path in READ), *(("POST", path) for path in POSTED)]

pytestmark = pytest.mark.usefixtures("no_replay_left")


@pytest.fixture
async def desk(service: Service) -> AsyncGenerator[Caller]:
    """Somebody signed in as a moderator."""
    async with service.client() as client:
        await sign_in(service, client, service.token("moderator", "mo"))
        yield Caller(service, client)


async def get(desk: Caller, path: str, status: int = 200) -> str:
    """Read a page."""
    answer = await desk.client.get(path, headers=PAGE)
    assert answer.status_code == status, answer.text
    return html.unescape(answer.text)


async def post(desk: Caller, path: str, csrf: str | None = None, **fields: object) -> httpx.Response:
    """Post a form of the console."""
    if csrf is None:
        csrf = csrf_of(await desk.client.get(REPLAYS))
    data = {"csrf": csrf, **fields}
    return await desk.client.post(path, data=data, headers=own_origin(desk.service))


async def ordered(desk: Caller, *models: str, then: str = "compare") -> str:
    """Order a replay; return the address of its page."""
    answer = await post(desk, REPLAYS, model=list(models), then=then)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def stopped(desk: Caller, address: str) -> dict[str, Any]:
    """Follow a replay until it no longer runs; return its last words."""
    async with desk.client.stream("GET", f"{address}/stream") as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        text = "".join([part async for part in answer.aiter_text()])
    return json.loads(text.rpartition("data: ")[2])


async def replays(desk: Caller) -> list[dict[str, Any]]:
    """Read what was ordered."""
    return done(await desk.call("GET", "/v1/replays", role="moderator"))["items"]


@pytest.mark.parametrize(("method", "path"), EVERY)
async def test_the_console_is_for_moderators(
    client: httpx.AsyncClient, service: Service, method: str, path: str
) -> None:
    answer = await client.request(method, path, headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
    await sign_in(service, client, service.token("voter"))
    answer = await client.request(method, path, headers=PAGE)
    assert answer.status_code == 403
    assert "you are signed in as voter" in answer.text


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize("csrf", ["", "forged"])
async def test_a_form_of_the_console_needs_its_token(desk: Caller, path: str, csrf: str) -> None:
    before = await replays(desk)
    answer = await post(desk, path, csrf, model="reviews")
    assert answer.status_code == 403
    assert "This form cannot be taken" in answer.text
    assert await replays(desk) == before


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


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{REPLAYS}/{NOBODYS}", 404),
        (f"{REPLAYS}/nothing", 404),
        (f"{REPLAYS}?cursor=x", 400),
        (f"{SET_ASIDE}?cursor=x", 400),
    ],
)
async def test_what_is_not_there_is_said_on_a_page(desk: Caller, path: str, status: int) -> None:
    assert f"Error {status}" in await get(desk, path, status)


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


async def test_a_subject_set_aside_is_told_of_and_tried_again(desk: Caller, service: Service) -> None:
    tool = fresh()
    await desk.list_tool(tool)
    position = (await desk.vote(tool, "ann", "ship"))["position"]
    await desk.score(tool, after=position)
    subject = tool_subject(tool)
    retry = f"{SET_ASIDE}/{subject}/retry"
    async with service.owner() as owner:
        await spoil(owner, position, "schema = 7")
        await owner.execute(SET_IT_ASIDE, subject, position)
    answer = await post(desk, retry)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SET_ASIDE}?tried={subject}")
    page = await get(desk, answer.headers["location"])
    assert f"The subject {tool} is still set aside: event type 'VoteCast' at schema 7" in page
    entry = page[page.index(f'id="subject-{subject}"') :]
    entry = entry[: entry.index("</article>")]
    for told in (
        f'href="/tools/{tool}"',
        "at schema 7",
        f'<a href="/moderation/events/{position}">',
        "VoteCast",
    ):
        assert told in entry
    assert "tried 1 time in vain" in entry
    assert "set aside. Scores stand still there; all others go on." in await get(desk, "/moderation")
    async with service.owner() as owner:
        await spoil(owner, position, "schema = 1")
    page = await get(desk, (await post(desk, retry)).headers["location"])
    assert "It is no longer set aside: all of its events are folded." in page
    assert f'id="subject-{subject}"' not in page
    for nothing in (retry, f"{SET_ASIDE}/x/retry"):
        answer = await post(desk, nothing)
        assert answer.status_code == 404
        assert "is set aside." in answer.text


async def test_the_overview_tells_how_far_log_and_read_models_are(desk: Caller) -> None:
    position = await desk.list_tool(fresh())
    page = await get(desk, "/moderation")
    for _ in range(LOOKS_MAX):
        if page.count("up to date") == len(NAMES):
            break
        await asyncio.sleep(LOOK_S)
        page = await get(desk, "/moderation")
    rows = re.findall(r'<tr><th scope="row">(\w+)</th>(.*?)</tr>', page)[: len(NAMES)]
    models = {name: re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in rows}
    assert models == {name: [f"{position:,}", "up to date", "—"] for name in NAMES}
    assert f'<p class="big">{position:,}</p>' in page
