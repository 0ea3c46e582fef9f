"""Fills the service under test, and lists the pages to look at."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final, Literal

import httpx

from tests.support.raw_log import tamper
from tests.support.service import Caller, Service, done
from tests.support.up import ostraka

DEMO_TOOL: Final = "gpt-5-mini-api"
VOTED: Final = "voted-for-weeks"
BARE: Final = "bare"
LONG: Final = "long"
CHAMPION: Final = "champion"
CATEGORY: Final = "hand-tools"
LARGE: Final = "screws"
LARGE_TOOLS: Final = 60
VOTERS: Final = 40
LOOK_S: Final = 0.1
LOOKS_MAX: Final = 300
SPREAD: Final = """
UPDATE log.events
SET recorded_at = now() - interval '30 days' * (1 - position::float8 / (SELECT position FROM log.head))
"""
LONG_NAME: Final = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft <& Söhne>"
)

PAGES: Final[Mapping[str, str]] = {
    "the front page": "/",
    "a search before it begins": "/search",
    "the page to sign in": "/sign-in",
    "a search for a pair": "/search?q=llama+vs+gpt",
    "a search in vain": "/search?q=%3Cb%3Enothing",
    "a tool of the demo": f"/tools/{DEMO_TOOL}",
    "a tool with a history": f"/tools/{VOTED}",
    "a tool of which nothing is known": f"/tools/{BARE}",
    "a tool with long words": f"/tools/{LONG}",
    "a leaderboard": "/leaderboards/language-models",
    "a leaderboard by the panel": "/leaderboards/all?by=panel",
    "a leaderboard by matchups": f"/leaderboards/{CATEGORY}?by=matchups",
    "a leaderboard of the past": "/leaderboards/all?as_of=2000-01-01",
    "a large leaderboard": f"/leaderboards/{LARGE}",
    "a comparison of the demo": f"/compare/{DEMO_TOOL}-vs-llama-4-compact-12b",
    "a comparison by matchups": f"/compare/{LONG}-vs-{VOTED}",
    "a comparison in a use case": f"/compare/{LONG}-vs-{VOTED}?context=framing",
    "a comparison of five": f"/compare/{BARE}-vs-{VOTED}?with={CHAMPION},{LONG},{DEMO_TOOL}",
    "a comparison of nothing": "/compare/screw-58-vs-screw-59",
    "a comparison of the past": f"/compare/{LONG}-vs-{VOTED}?as_of=2100-01-01",
    "a page that is not there": "/tools/never-listed",
    "a page that was asked for wrongly": "/leaderboards/all?as_of=yesterday",
}

Role = Literal["voter", "moderator"]

SIGNED_IN_PAGES: Final[Mapping[str, tuple[Role, str]]] = {
    "the front page for a voter": ("voter", "/"),
    "a tool for a voter": ("voter", f"/tools/{VOTED}"),
    "a comparison for a voter": ("voter", f"/compare/{LONG}-vs-{VOTED}"),
    "a tool for a moderator": ("moderator", f"/tools/{VOTED}"),
    "the console for a voter": ("voter", "/moderation"),
    "the console's overview": ("moderator", "/moderation"),
    "the replays": ("moderator", "/moderation/replays"),
    "a replay": ("moderator", "/moderation/replays/{replay}"),
    "what is set aside": ("moderator", "/moderation/set-aside"),
    "the log": ("moderator", "/moderation/events"),
    "a batch's rulings in the log": ("moderator", "/moderation/events?batch={batch}"),
    "a log that was asked for wrongly": ("moderator", "/moderation/events?from=never"),
    "a retracted event": ("moderator", "/moderation/events/{retracted}"),
    "a review's event": ("moderator", "/moderation/events/{review}"),
    "a voter": ("moderator", "/moderation/voters/{voter}"),
    "the rulings": ("moderator", "/moderation/batches"),
    "a batch": ("moderator", "/moderation/batches/{batch}"),
    "the audit list": ("moderator", "/moderation/audit"),
    "an audit list in vain": ("moderator", "/moderation/audit?who=nobody&action=rule-adopted"),
}
"""A person and the page that they look at. Names in braces come from `read_names`."""

EMPTY_PAGES: Final[Mapping[str, str]] = {
    "the front page of nothing": "/",
    "the leaderboard of nothing": "/leaderboards/all",
    "the search through nothing": "/search?q=anything",
}


async def furnish(service: Service) -> None:
    """Fill a service: the demo, and whatever it leaves out, from a month ago until now."""
    home = str(service.home.folder)
    demo = await asyncio.to_thread(ostraka, "demo", "--home", home)
    assert demo.returncode == 0, demo.stderr
    async with service.client() as client:
        await _add(Caller(service, client))
    async with service.owner() as owner:
        await tamper(owner, SPREAD)
    replay = await asyncio.to_thread(ostraka, "replay", "--home", home)
    assert replay.returncode == 0, replay.stderr
    async with service.client() as client:
        await wait_for_ratings(Caller(service, client), CATEGORY)


async def read_names(service: Service) -> dict[str, str]:
    """Find what is named by chance or by its place in the log: some events, a voter, a batch, a replay."""

    async def first(client: httpx.AsyncClient, **asked: str) -> dict[str, Any]:
        caller = Caller(service, client)
        found = await caller.call("GET", "/v1/events", role="moderator", params={**asked, "limit": "1"})
        return done(found)["items"][0]

    async with service.client() as client:
        vote = await first(client, tool=VOTED, type="VoteCast")
        ruling = await first(client, tool=VOTED, type="EventRetracted")
        review = await first(client, type="ReviewSubmitted")
        replays = done(await Caller(service, client).call("GET", "/v1/replays", role="moderator"))
    return {
        "voter": vote["voter"],
        "batch": ruling["data"]["batch"],
        "retracted": str(ruling["data"]["target"]),
        "review": str(review["position"]),
        "replay": replays["items"][0]["id"],
    }


async def _add(caller: Caller) -> None:
    await caller.list_tool(BARE, name="Bare", category=CATEGORY)
    await caller.list_tool(LONG, name=LONG_NAME, vendor=LONG_NAME, tagline=LONG_NAME, category=CATEGORY)
    await caller.list_tool(CHAMPION, name="Champion", category=CATEGORY)
    await caller.list_tool(VOTED, name="Voted for weeks", category=CATEGORY, homepage="https://example.com/x")
    for number in range(LARGE_TOOLS):
        await caller.list_tool(f"screw-{number:02}", name=f"Screw {number}", category=LARGE)
    await _vote(caller, {VOTED: "ship", LONG: "skip"})
    await _vote(caller, {f"screw-{number:02}": "ship" for number in range(LARGE_TOOLS // 2)})
    await _retract(caller, VOTED, events=10)
    await _vote(caller, {VOTED: "skip"}, voters=range(VOTERS, 2 * VOTERS))
    for voter in range(8):
        await _prefer(caller, f"voter-{voter}", VOTED, LONG, winner=VOTED if voter % 3 else LONG)
        await _prefer(caller, f"voter-{voter}", CHAMPION, VOTED, winner=CHAMPION)
        await _prefer(caller, f"voter-{voter}", LONG, VOTED, winner="tie", context="framing")
        # These link them with the demo's, so that all stand on one scale.
        await _prefer(caller, f"voter-{voter}", VOTED, DEMO_TOOL, winner=VOTED if voter % 2 else DEMO_TOOL)
        await _prefer(caller, f"voter-{voter}", CHAMPION, DEMO_TOOL, winner=CHAMPION)


async def _vote(caller: Caller, choices: Mapping[str, str], voters: range = range(VOTERS)) -> None:
    """Cast votes, every fourth of them contrary to the tool's choice."""
    other = {"ship": "skip", "skip": "ship"}
    lines = [
        {"tool": tool, "voter": f"voter-{voter}", "choice": choice if voter % 4 else other[choice]}
        for voter in voters
        for tool, choice in choices.items()
    ]
    answer = await caller.batch("\n".join(map(json.dumps, lines)).encode())
    assert answer.status_code == 200, answer.text
    assert "problem" not in answer.text


async def _retract(caller: Caller, tool: str, *, events: int) -> None:
    asked: dict[str, Any] = {"tool": tool, "type": "VoteCast", "limit": events}
    found = done(await caller.call("GET", "/v1/events", role="moderator", params=asked))
    order = {
        "action": "retract",
        "select": {"positions": [event["position"] for event in found["items"]]},
        "reason": "fraud",
        "dry_run": False,
    }
    answer = await caller.call("POST", "/v1/moderation/batches", role="moderator", json=order)
    assert answer.status_code == 201, answer.text


async def wait_for_ratings(caller: Caller, category: str) -> None:
    """Wait until some tool of a category is ranked by its matchups."""
    for _ in range(LOOKS_MAX):
        board = done(await caller.call("GET", f"/v1/leaderboards/{category}", params={"by": "matchups"}))
        if any(row["rank"] for row in board["items"]):
            return
        await asyncio.sleep(LOOK_S)
    message = "no tool was ever ranked by its matchups"
    raise TimeoutError(message)


async def _prefer(
    caller: Caller, voter: str, one: str, other: str, *, winner: str, context: str = "overall"
) -> None:
    body = {"winner": winner, "context": context}
    path = f"/v1/matchups/{one}/{other}/vote"
    done(await caller.call("PUT", path, role="voter", subject=voter, json=body))
