"""Ruling from the console: what is previewed is what is applied, by whoever looked at it, once."""

import asyncio
import html
import re
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final
from uuid import uuid4

import httpx
import msgspec
import pytest

from service.pages.session_gate import Gate, read, written
from tests.support.console import events, words
from tests.support.forms import PAGE, csrf_of, own_origin, sign_in
from tests.support.service import Caller, Service, done, fresh

PREVIEW: Final = "/moderation/preview"
APPLY: Final = "/moderation/apply"
BATCHES: Final = "/moderation/batches"
TOKEN: Final = re.compile(r'name="token" value="([\w.-]+)"')


@pytest.fixture
async def desk(service: Service) -> AsyncGenerator[Caller]:
    """Mo, a moderator who is signed in."""
    async with service.client() as client:
        await sign_in(service, client, service.token("moderator", "mo"))
        yield Caller(service, client)


async def post(desk: Caller, path: str, **fields: object) -> httpx.Response:
    """Post a form of the console."""
    csrf = csrf_of(await desk.client.get("/moderation/batches"))
    return await desk.client.post(path, data={"csrf": csrf, **fields}, headers=own_origin(desk.service))


async def previewed(desk: Caller, **fields: object) -> str:
    """Preview a ruling; return the page."""
    answer = await post(desk, PREVIEW, **{"action": "retract", "scope": "all", **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


async def apply(desk: Caller, page: str, **fields: object) -> httpx.Response:
    """Apply what a preview's page shows."""
    return await post(desk, APPLY, **{"token": token_of(page), "reason": "fraud", **fields})


async def applied(desk: Caller, page: str, **fields: object) -> dict[str, Any]:
    """Apply what a preview's page shows, and return the batch."""
    answer = await apply(desk, page, **fields)
    assert answer.status_code == 303, answer.text
    return await batch_at(desk, answer.headers["location"])


async def batch_at(desk: Caller, address: str) -> dict[str, Any]:
    """Read the batch of a page as programs do, once it has ended."""
    path = "/v1" + address
    while True:
        batch = done(await desk.call("GET", path, role="moderator"))
        if batch["state"] != "running":
            return batch


def token_of(page: str) -> str:
    """Return the sealed token of a preview's page."""
    found = TOKEN.search(page)
    assert found, words(page)
    return found[1]


async def voted(desk: Caller, *choices: str) -> tuple[str, list[int]]:
    """List a tool and vote on it; return it, and the votes' positions."""
    tool = fresh()
    await desk.list_tool(tool, category=fresh("category"))
    return tool, [(await desk.vote(tool, fresh("voter"), choice))["position"] for choice in choices]


async def standings(desk: Caller, tool: str) -> list[str]:
    """Return how the votes on a tool stand, the oldest first."""
    return [event["standing"] for event in await events(desk, tool=tool, type="VoteCast")]


async def test_what_is_ticked_is_previewed_applied_and_reverted(desk: Caller) -> None:
    tool, places = await voted(desk, *["ship"] * 8, "skip")
    page = await previewed(desk, scope="rows", position=[str(place) for place in places[:3]])
    said = words(page)
    assert "Retract 3 events" in said
    assert f"Of events {places[0]:,}, {places[1]:,} and {places[2]:,}" in said
    assert re.search("88[.]9 % of 9 votes, 56.98 %", said)
    assert re.search("83[.]3 % of 6 votes, 44.97 %", said)
    assert "Ship → to Too close to call Flips" in said
    assert "1 verdict would flip" in said
    assert await standings(desk, tool) == ["counts"] * 9, "looking changes nothing"

    batch = await applied(desk, page, reason="spam", note="  Same words,\r\nsame hour ")
    assert (batch["moderator"], batch["reason"], batch["note"], batch["applied"]) == (
        "mo",
        "spam",
        "Same words,\nsame hour",
        3,
    )
    assert await standings(desk, tool) == ["retracted"] * 3 + ["counts"] * 6

    address = f"{BATCHES}/{batch['id']}"
    shown = words((await desk.client.get(address, headers=PAGE)).text)
    assert "Retraction of 3 events" in shown
    assert "3 retracted and 0 left as they were, of 3 events" in shown
    assert "Same words" in shown
    answer = await post(desk, f"{address}/revert-preview")
    assert "and nothing that others ruled since" in words(answer.text)
    assert '<option value="spam" selected>' in answer.text
    undone = await applied(desk, answer.text, reason="mistake")
    assert (undone["action"], undone["reverts"], undone["reason"]) == ("reinstate", batch["id"], "mistake")
    assert await standings(desk, tool) == ["counts"] * 9
    assert (
        f'<a href="{address}">batch {batch["id"]}</a>'
        in (await desk.client.get(f"{BATCHES}/{undone['id']}", headers=PAGE)).text
    )
    first = await desk.client.get(address, headers=PAGE)
    assert f'Reverted</dt><dd>by <a href="{BATCHES}/{undone["id"]}">' in first.text
    again = await post(desk, f"{address}/revert-preview")
    assert "nothing would change: others have ruled on them since" in words(again.text)
    assert not TOKEN.search(again.text)


async def test_preferences_are_previewed_by_matchup(desk: Caller) -> None:
    one, other = sorted((fresh("one"), fresh("two")))
    for tool in (one, other):
        await desk.list_tool(tool)
    place = (await desk.prefer(one, other, "ann", one, "framing"))["position"]
    await desk.prefer(one, other, "ben", "tie", "framing")
    said = words(await previewed(desk, scope="rows", position=[str(place)]))
    assert f"{one} vs {other} framing 1 1 → to 0 1 0" in said


async def test_a_vote_that_comes_after_the_preview_is_not_applied_to(desk: Caller) -> None:
    tool, _ = await voted(desk, "ship", "ship")
    page = await previewed(desk, tool=tool)
    await desk.vote(tool, "late", "ship")
    batch = await applied(desk, page)
    assert (batch["matched"], batch["applied"]) == (2, 2)
    assert await standings(desk, tool) == ["retracted", "retracted", "counts"]
    assert (
        batch["select"]["before_position"] <= (await events(desk, tool=tool, type="VoteCast"))[2]["position"]
    )


async def test_what_others_ruled_meanwhile_is_shown_before_anything_is_applied(desk: Caller) -> None:
    tool, places = await voted(desk, "ship", "ship", "ship")
    page = await previewed(desk, tool=tool)
    order = {"action": "retract", "select": {"positions": places[:1]}, "reason": "legal"}
    await desk.call("POST", "/v1/moderation/batches", role="moderator", json=order)
    answer = await apply(desk, page, reason="spam", note="Kept")
    assert answer.status_code == 409
    said = words(answer.text)
    assert "Nothing was applied" in said
    assert "Then 3 events and 3 rulings on 1 tool or matchup; now 3 events and 2 rulings" in said
    assert '<option value="spam" selected>' in answer.text
    assert ">Kept</textarea>" in answer.text
    assert await standings(desk, tool) == ["retracted", "counts", "counts"]
    batch = await applied(desk, answer.text)
    assert (batch["matched"], batch["applied"], batch["unchanged"]) == (3, 2, 1)


async def test_applying_twice_or_twice_at_once_is_one_batch(desk: Caller) -> None:
    tool, _ = await voted(desk, *["ship"] * 4)
    page = await previewed(desk, tool=tool)
    answers = await asyncio.gather(
        *(apply(desk, page, reason=reason) for reason in ("spam", "spam", "legal"))
    )
    answers.append(await apply(desk, page))
    assert [answer.status_code for answer in answers] == [303] * 4, [answer.text for answer in answers]
    [address] = {answer.headers["location"] for answer in answers}
    batch = await batch_at(desk, address)
    assert batch["applied"] == 4
    assert len(await events(desk, tool=tool, type="EventRetracted")) == 4
    lines = done(await desk.call("GET", "/v1/moderation/audit", role="moderator", params={"who": "mo"}))
    assert [line["what"] for line in lines["items"]].count(batch["id"]) == 1


async def test_a_preview_of_somebody_else_is_refused(desk: Caller, service: Service) -> None:
    tool, _ = await voted(desk, "ship")
    page = await previewed(desk, tool=tool)
    async with service.client() as client:
        await sign_in(service, client, service.token("admin", "ada"))
        answer = await apply(Caller(service, client), page)
    assert answer.status_code == 403
    assert "Somebody else looked at this preview" in words(answer.text)
    assert 'href="/moderation/events"' in answer.text
    assert await standings(desk, tool) == ["counts"]


async def test_a_preview_that_was_tampered_with_or_grew_old_is_refused(
    desk: Caller, service: Service
) -> None:
    tool, _ = await voted(desk, "ship")
    other, _ = await voted(desk, "ship")
    token = token_of(await previewed(desk, tool=tool))
    text, _, seal = token.partition(".")
    intent = msgspec.json.decode(read(text))
    gate = Gate(service.secret, "", anonymous_votes=False)

    def sealed(**change: object) -> str:
        changed = written(msgspec.json.encode({**intent, **change}))
        return f"{changed}.{written(gate.seal('ruling', changed))}"

    elsewhere = written(msgspec.json.encode({**intent, "select": {"tool": other}}))
    by_form = written(gate.seal("form", text))
    for forged in (
        f"{elsewhere}.{seal}",
        f"{text}.{by_form}",
        f"{text}.",
        text,
        "",
        f"ü.{seal}",
        f"{token}x",
    ):
        answer = await post(desk, APPLY, token=forged, reason="fraud", tool=other, position="1")
        assert answer.status_code == 422
        assert "This is not what a preview led to" in words(answer.text)
    old = await post(desk, APPLY, token=sealed(at=intent["at"] - 3_700), reason="fraud")
    assert (old.status_code, "out of date" in words(old.text)) == (422, True)
    assert await standings(desk, tool) == await standings(desk, other) == ["counts"]
    assert (await post(desk, APPLY, token=sealed(), reason="fraud")).status_code == 303


async def test_a_reason_is_needed_and_a_note_may_be_so_long(desk: Caller) -> None:
    tool, _ = await voted(desk, "ship")
    page = await previewed(desk, tool=tool)
    for fields, said in (
        ({"reason": ""}, "Choose a reason"),
        ({"reason": "because"}, "Choose a reason"),
        ({"reason": "spam", "note": "x" * 2_001}, "at most 2,000 characters"),
    ):
        answer = await apply(desk, page, **fields)
        assert answer.status_code == 422
        assert said in words(answer.text)
    assert await standings(desk, tool) == ["counts"]
    batch = await applied(desk, page, note="\r\n".join("x" * 1_000))  # as browsers send 1,999 characters
    assert len(batch["note"]) == 1_999


async def test_all_of_a_standing_are_chosen_one_by_one(desk: Caller) -> None:
    tool, places = await voted(desk, "ship", "skip", "ship")
    await applied(desk, await previewed(desk, scope="rows", position=[str(places[1])]))
    page = await previewed(desk, tool=tool, standing="counts")
    assert f"Of events {places[0]:,} and {places[2]:,}" in words(page)
    page = await previewed(desk, action="reinstate", tool=tool, standing="retracted")
    batch = await applied(desk, page)
    assert batch["select"] == {"positions": [places[1]]}
    assert await standings(desk, tool) == ["counts"] * 3
    nothing = await previewed(desk, tool=tool, standing="superseded")
    assert "Nothing matches" in words(nothing)


async def test_filters_mean_what_the_list_means_by_them(desk: Caller) -> None:
    tool, places = await voted(desk, "ship", "skip", "ship")
    cast = await events(desk, tool=tool, type="VoteCast")
    page = await previewed(
        desk,
        tool=tool,
        type="VoteCast",
        voter=cast[1]["voter"],
        **{"from": cast[0]["recorded_at"], "to": "2100-01-01T00:00", "standing": ""},
    )
    batch = await applied(desk, page)
    assert batch["events"]["items"] == [
        {"position": places[1], "outcome": "applied", "ruling": batch["events"]["items"][0]["ruling"]}
    ]
    assert set(batch["select"]) == {"tool", "type", "voter", "from", "to", "before_position"}


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"scope": "rows"}, 422, "No event is ticked"),
        ({"scope": "rows", "position": "x"}, 422, "no position"),
        ({"scope": "rows", "position": "-1"}, 422, "no position"),
        ({"scope": "rows", "position": "9" * 20}, 422, "no position"),
        ({"scope": "all"}, 422, "Filter them"),
        ({"scope": "all", "standing": "counts"}, 422, "Filter them"),
        ({"scope": "all", "type": "ToolListed"}, 422, "Filter them"),
        ({"scope": "all", "tool": "hammer", "batch": str(uuid4())}, 422, "Filter them"),
        ({}, 422, "Filter them"),
        ({"action": "delete", "tool": "hammer"}, 422, "whether to retract"),
        ({"tool": "Not A Slug"}, 400, "is not a slug"),
        ({"tool": "hammer", "from": "yesterday"}, 400, "is no time"),
    ],
)
async def test_a_form_that_does_not_say_what_it_means_is_refused_in_words(
    desk: Caller, fields: Mapping[str, str], status: int, said: str
) -> None:
    answer = await post(desk, PREVIEW, **{"action": "retract", **fields})
    assert answer.status_code == status
    assert said in html.unescape(answer.text)


async def test_where_nothing_would_change_there_is_nothing_to_apply(desk: Caller) -> None:
    tool, [place] = await voted(desk, "ship")
    for fields, said in (
        ({"tool": fresh()}, "Nothing matches"),
        ({"scope": "rows", "position": str(place - 1)}, "Nothing matches"),
        ({"tool": tool, "action": "reinstate"}, "nothing would change: they are not retracted"),
    ):
        page = await previewed(desk, **fields)
        assert said in words(page)
        assert not TOKEN.search(page)


async def test_a_large_batch_is_watched_and_stopped(desk: Caller) -> None:
    tool = fresh()
    await desk.list_tool(tool)
    lines = "".join(f'{{"tool": "{tool}", "voter": "v{n}", "choice": "ship"}}\n' for n in range(3_000))
    await desk.batch(lines.encode())
    answer = await apply(desk, await previewed(desk, tool=tool))
    assert answer.status_code == 303
    address = answer.headers["location"]
    stopped = await post(desk, f"{address}/cancel")
    batch = await batch_at(desk, address)
    assert (stopped.status_code, batch["state"]) in {(303, "cancelled"), (409, "done")}
    late = await post(desk, f"{address}/cancel")
    assert (late.status_code, "nothing left to stop" in words(late.text)) == (409, True)
    page = (await desk.client.get(address, headers=PAGE)).text
    assert page.count("<tr>") == 101
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert (await desk.client.get(html.unescape(following[1]), headers=PAGE)).text.count("<tr>") == 101


async def test_batches_are_listed_newest_first_with_what_came_of_each(desk: Caller) -> None:
    tool, [place] = await voted(desk, "ship")
    batch = await applied(desk, await previewed(desk, tool=tool), reason="conflict_of_interest", note="<b>")
    page = (await desk.client.get(BATCHES, headers=PAGE)).text
    newest = page[page.index("<tbody>") :]
    assert newest.index(f'href="{BATCHES}/{batch["id"]}"') == newest.index(f'href="{BATCHES}/')
    assert f"Retract votes, preferences and reviews about {tool} up to position {place:,}" in words(page)
    assert "conflict of interest <b> Done 1 1 0" in words(page)


async def test_a_batch_names_what_it_missed(desk: Caller) -> None:
    _, [place] = await voted(desk, "ship")
    page = await previewed(desk, scope="rows", position=[str(place), str(place - 1)])
    batch = await applied(desk, page)
    shown = words((await desk.client.get(f"{BATCHES}/{batch['id']}", headers=PAGE)).text)
    assert f"Nothing to rule on at {place - 1:,}" in shown
    assert f"{place:,} retracted {batch['events']['items'][0]['ruling']:,}" in shown


async def test_rulings_are_for_moderators_and_forms_of_this_site(desk: Caller, service: Service) -> None:
    id_ = uuid4()
    posted = (PREVIEW, APPLY, f"{BATCHES}/{id_}/cancel", f"{BATCHES}/{id_}/revert-preview")
    async with service.client() as client:
        for path in (BATCHES, f"{BATCHES}/{id_}", "/moderation/audit"):
            assert (await client.get(path)).headers["location"].startswith("/sign-in?next=")
        await sign_in(service, client, service.token("voter", "ann"))
        for path in posted:
            answer = await client.post(path, data={"csrf": "x"}, headers=own_origin(service))
            assert (answer.status_code, "takes the role" in answer.text) == (403, True)
    for path in posted:
        answer = await desk.client.post(path, data={"csrf": "x"}, headers=own_origin(service))
        assert (answer.status_code, "This form cannot be taken" in answer.text) == (403, True)
        if str(id_) in path:
            assert (await post(desk, path)).status_code == 404
