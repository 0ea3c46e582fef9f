"""The console's pages about work in the background: who may see them, and what they tell."""

import asyncio
import re
from typing import Final

import httpx
import pytest

from events.ids import tool_subject
from projections.registry import NAMES
from tests.support.bad_events import spoil
from tests.support.forms import PAGE, sign_in
from tests.support.replay_desk import REPLAYS, get, replays
from tests.support.ruling_desk import post
from tests.support.service import Caller, Service, fresh

SET_ASIDE: Final = "/moderation/set-aside"
NOBODYS: Final = "0198c7a5-0000-4000-8000-000000000000"
LOOKS_MAX: Final = 1_000
LOOK_S: Final = 0.05

SET_IT_ASIDE: Final = """
INSERT INTO read.set_aside VALUES ($1, $2, 'VoteCast', '?', now(), 0, now() + interval '1 hour')
ON CONFLICT DO NOTHING
"""
LET_IT_REST: Final = "UPDATE read.set_aside SET retry_at = now() + interval '1 hour' WHERE subject_id = $1"

READ: Final = ("/moderation", REPLAYS, f"{REPLAYS}/{NOBODYS}", f"{REPLAYS}/{NOBODYS}/stream", SET_ASIDE)
POSTED: Final = (
    REPLAYS,
    f"{REPLAYS}/{NOBODYS}/swap",
    f"{REPLAYS}/{NOBODYS}/cancel",
    f"{SET_ASIDE}/1/retry",
)
EVERY: Final = [*(("GET", path) for path in READ), *(("POST", path) for path in POSTED)]


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
    answer = await post(desk, path, csrf=csrf, model="reviews")
    assert answer.status_code == 403
    assert "This form cannot be taken" in answer.text
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
        await owner.execute(LET_IT_REST, subject)  # else a worker may be ahead
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
