"""The console's log over HTTP: who sees it, and what its filters find."""

import re
from html import unescape
from typing import Final
from urllib.parse import quote

import pytest

from tests.support.console import LOG, NOBODYS, events, look, read, retract, rows
from tests.support.service import Caller, fresh

TICKED: Final = re.compile(r'name="position" value="(\d+)"')
OLDER: Final = re.compile(r'<a id="older" href="([^"]+)"')


@pytest.mark.parametrize("path", [f"{LOG}?tool=a&type=VoteCast", f"{LOG}/1", f"/moderation/voters/{NOBODYS}"])
async def test_only_moderators_see_the_log(caller: Caller, path: str) -> None:
    answer = await look(caller, path, role=None)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={quote(path, safe='')}")
    for role in ("voter", "panelist", "service"):
        refused = await look(caller, path, role=role)
        assert refused.status_code == 403
        assert f"you are signed in as {role}" in refused.text
    for role in ("moderator", "admin"):
        assert (await look(caller, path, role=role)).status_code in {200, 404}


async def test_each_filter_finds_what_programs_find_but_newest_first(caller: Caller) -> None:
    tool, other = sorted((fresh(), fresh()))
    await caller.list_tool(tool)
    await caller.list_tool(other)
    for voter, choice in (("ann", "ship"), ("ben", "skip"), ("ann", "skip"), ("cid", "ship"), ("cid", None)):
        last = (await caller.vote(tool, f"{voter}-{tool}", choice))["position"]
    preference = (await caller.prefer(tool, other, f"ann-{tool}", tool))["position"]
    about = await events(caller, tool=tool)
    ann = about[1]["voter"]
    batch = await retract(caller, about[2]["position"], preference)
    about = await events(caller, tool=tool)
    assert len(about) == 9

    async def found(**asked: str) -> list[int]:
        return rows(await read(caller, LOG, **asked))

    def expected(**properties: str | None) -> list[int]:
        return [
            event["position"]
            for event in reversed(about)
            if all(event[name] == value for name, value in properties.items())
        ]

    assert await found(tool=tool) == expected()
    assert await found(voter=ann) == expected(voter=ann)
    assert await found(tool=tool, type="VoteCast") == expected(type="VoteCast")
    assert await found(batch=batch["id"]) == expected(type="EventRetracted")
    for standing in ("counts", "superseded", "retracted"):
        assert await found(tool=tool, standing=standing) == expected(standing=standing)
    start, end = about[1]["recorded_at"], about[4]["recorded_at"]
    assert await found(**{"tool": tool, "from": start, "to": end}) == [
        event["position"] for event in reversed(about) if start <= event["recorded_at"] < end
    ]
    ticked = [int(position) for position in TICKED.findall(await read(caller, LOG, tool=tool))]
    assert ticked == [
        each["position"] for each in reversed(about) if each["type"] not in {"ToolListed", "EventRetracted"}
    ]
    assert last in ticked


async def test_a_log_longer_than_a_page_goes_on_where_it_ended(caller: Caller) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    body = "".join(f'{{"tool":"{tool}","voter":"{tool}-{n}","choice":"ship"}}\n' for n in range(120))
    assert (await caller.batch(body.encode())).status_code == 200
    found: list[int] = []
    sizes: list[int] = []
    path = f"{LOG}?tool={tool}"
    for _ in range(4):
        page = await read(caller, path)
        found += rows(page)
        sizes.append(len(rows(page)))
        older = OLDER.search(page)
        if older is None:
            break
        path = unescape(older[1])
    assert sizes == [50, 50, 21]
    assert found == [event["position"] for event in reversed(await events(caller, tool=tool, limit=200))]


async def test_all_that_match_can_be_ruled_on_only_where_filters_say_which(caller: Caller) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    for asked, offered in (
        ({"tool": tool}, True),
        ({"tool": tool, "standing": "counts"}, True),
        ({"from": "2026-01-01T00:00"}, True),
        ({}, False),
        ({"standing": "counts"}, False),
        ({"type": "ToolListed"}, False),
        ({"tool": tool, "batch": NOBODYS}, False),
    ):
        page = await read(caller, LOG, **asked)
        assert ('name="scope" value="all"' in page) == offered, asked
        for name, value in asked.items():
            assert (f'<input type="hidden" name="{name}" value="{value}">' in page) == offered, asked


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("tool", "No <i>Slug", "is not a slug"),
        ("voter", "ann", "is not a UUID"),
        ("type", "VoteDreamt", "There is no event type"),
        ("from", "yesterday", "is no time"),
        ("to", "0001-01-01T00:00+23:00", "is no time"),
        ("standing", "upside-down", "Nothing stands"),
        ("batch", "x", "is not a UUID"),
    ],
)
async def test_a_filter_that_means_nothing_is_told_beside_what_was_typed(
    caller: Caller, name: str, value: str, said: str
) -> None:
    answer = await look(caller, LOG, **{"tool": "kept", name: value})
    assert answer.status_code == 400
    assert answer.text.count('role="alert"') == 1
    assert said in answer.text
    assert value in unescape(answer.text)
    assert name == "tool" or 'value="kept"' in answer.text
    assert rows(answer.text) == []
