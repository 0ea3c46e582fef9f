"""The events that rulings from the console are about, and the pages of ordered batches."""

import html
import re
from collections.abc import Mapping
from uuid import uuid4

import pytest

from events.log.commands import Appended
from tests.support.bad_events import spoil
from tests.support.console import events, read, rows, words
from tests.support.forms import PAGE, own_origin, sign_in
from tests.support.logs import list_tool, open_writer, write
from tests.support.ruling_desk import (
    APPLY,
    BATCHES,
    PREVIEW,
    TOKEN,
    applied,
    apply,
    batch_at,
    post,
    previewed,
    standings,
    voted,
)
from tests.support.service import Caller, Service, fresh
from tests.support.votes import ship


async def test_preferences_are_previewed_by_matchup(desk: Caller) -> None:
    one, other = sorted((fresh("one"), fresh("two")))
    for tool in (one, other):
        await desk.list_tool(tool)
    place = (await desk.prefer(one, other, "ann", one, "framing"))["position"]
    await desk.prefer(one, other, "ben", "tie", "framing")
    said = words(await previewed(desk, scope="rows", position=[str(place)]))
    assert f"{one} vs {other} framing 1 1 → to 0 1 0" in said


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
    back = re.search(r'<a href="(/moderation/events[^"]*)">Leave', page)
    assert back
    assert rows(await read(desk, html.unescape(back[1]))) == [places[1]]
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
        ({"tool": tool, "action": "reinstate"}, "nothing would change: it is not retracted"),
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
    newest = page[page.index("<tbody") :]
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


async def test_a_batch_that_fails_says_so_on_its_page(desk: Caller, service: Service) -> None:
    tool = fresh()
    async with open_writer(service.database_url) as writer:  # what this one wrote the service has to read
        await write(writer, list_tool(tool))
        [cast] = await write(writer, ship("ann", tool))
    assert isinstance(cast, Appended)
    place = cast.position
    async with service.owner() as owner:
        page = await previewed(desk, tool=tool)
        await spoil(owner, place, "schema = 7")
        answer = await apply(desk, page)
        await spoil(owner, place, "schema = 1")
    assert answer.status_code == 303
    shown = words((await desk.client.get(answer.headers["location"], headers=PAGE)).text)
    assert "Failed 0 retracted, 0 left as they were and 1 not looked at, of 1 event" in shown
    assert f"Event {place} about" in shown
    again = await post(desk, f"{answer.headers['location']}/revert-preview")
    assert "Nothing matches" in words(again.text)


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
