"""The console's pages about one event and one voter, over HTTP."""

import re

import pytest

from tests.support.bad_events import spoil
from tests.support.console import LOG, NOBODYS, events, look, read, retract, rows, words
from tests.support.service import REVIEW, Caller, done, fresh


async def test_a_votes_story_tells_what_took_its_place_what_it_did_and_who_took_it_out(
    caller: Caller,
) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    other = (await caller.vote(tool, f"ben-{tool}", "skip"))["position"]
    first = (await caller.vote(tool, f"ann-{tool}", "ship"))["position"]
    second = (await caller.vote(tool, f"ann-{tool}", "skip"))["position"]
    await caller.score(tool, after=second)
    story = await read(caller, f"{LOG}/{first}")
    assert f"superseded by {second:,} ( Vote : skip )".replace(" ", "") in words(story).replace(" ", "")
    assert "0.0 % ship of 1 vote → to 50.0 % ship of 2 votes" in words(story).replace("\u202f", " ")
    assert rows(story) == [second]
    assert f'"position":{first},' in words(story)
    assert f'name="position" value="{first}"' in story
    assert "Preview retracting it" in story

    batch = await retract(caller, second)
    await caller.score(tool, after=second + 1)
    story = words(await read(caller, f"{LOG}/{second}"))
    assert f"Last retracted by {second + 1:,} ," in story
    assert f"in batch …{batch['id'][-8:]} , ordered by sam . Reason: fraud: In <b>ulk" in story
    assert "Preview reinstating it" in story
    ruling = words(await read(caller, f"{LOG}/{second + 1}"))
    assert "Ordered by sam" in ruling
    assert "0.0 % ship of 2 votes → to 50.0 % ship of 2 votes" in ruling.replace("\u202f", " ")
    assert "counts . Nothing later" in words(await read(caller, f"{LOG}/{other}"))


async def test_a_reviews_story_has_its_whole_text_and_the_panels_verdict_around_it(caller: Caller) -> None:
    tool, panelist = fresh(), fresh("panelist")
    await caller.list_tool(tool)
    await caller.seat(panelist)
    body = {**REVIEW, "body": "One <paragraph>.\n\nAnother one."}
    path = f"/v1/tools/{tool}/reviews/{panelist}"
    position = done(await caller.call("PUT", path, role="panelist", subject=panelist, json=body))["position"]
    await caller.score(tool, after=position)
    story = words(await read(caller, f"{LOG}/{position}"))
    assert "Body One <paragraph>. Another one." in story
    assert "0 of 0 say ship → to 1 of 1 say ship" in story


async def test_a_preferences_story_is_about_both_tools_and_so_is_a_ruling_on_it(caller: Caller) -> None:
    left, right = sorted((fresh(), fresh()))
    await caller.list_tool(left)
    await caller.list_tool(right)
    position = (await caller.prefer(left, right, f"ann-{left}", right))["position"]
    await retract(caller, position)
    await caller.score(left, after=position + 1)
    for at, change in (
        (position, "0 to 0, 0 ties → to 0 to 1, 0 ties"),
        (position + 1, "0 to 1, 0 ties → to 0 to 0, 0 ties"),
    ):
        assert change in words(await read(caller, f"{LOG}/{at}"))
    page = words(await read(caller, LOG, tool=left))
    assert page.count(f"{left} vs {right}") == 2


async def test_an_event_that_cannot_be_read_says_so_loudly(caller: Caller) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    position = (await caller.vote(tool, f"ann-{tool}", "ship"))["position"]
    await caller.score(tool, after=position)
    async with caller.service.owner() as owner:
        await spoil(owner, position, "schema = 7")
        try:
            told = [await read(caller, f"{LOG}/{position}"), await read(caller, LOG, tool=tool)]
        finally:
            await spoil(owner, position, "schema = 1")
    assert "This build cannot read it: event type 'VoteCast' at schema 7" in words(told[0])
    assert '{"choice": "ship"}' in words(told[0])
    assert "Cannot be read: event type 'VoteCast' at schema 7" in words(told[1])


@pytest.mark.parametrize("position", ["0", "x", "-1", str(2**62), str(2**64)])
async def test_where_there_is_no_event_a_page_says_so(caller: Caller, position: str) -> None:
    answer = await look(caller, f"{LOG}/{position}")
    assert answer.status_code == 404
    assert "There is no event" in answer.text or "Events are numbered" in answer.text


async def test_a_voters_page_counts_what_they_said_and_compares_it_with_others(caller: Caller) -> None:
    tools = [fresh() for _ in range(3)]
    agreeing, contrary, alone = tools
    for tool in tools:
        await caller.list_tool(tool)
    for tool, choice in ((agreeing, "ship"), (contrary, "skip")):
        for voter in ("ben", "cid"):
            await caller.vote(tool, f"{voter}-{alone}", choice)
    first = (await caller.vote(agreeing, f"ann-{alone}", "skip"))["position"]
    last = first
    for tool in tools:
        last = (await caller.vote(tool, f"ann-{alone}", "ship"))["position"]
    ann = (await events(caller, after=first - 1, limit=1))[0]["voter"]
    await retract(caller, first)
    await caller.score(alone, after=last + 1)
    page = await read(caller, f"/moderation/voters/{ann}")
    told = words(page).replace("\u202f", " ")
    assert "Said 4 events" in told
    assert "Retracted 1 of 4" in told
    assert "Voted with an account" in told
    assert "Agrees with the crowd 50 % 1 of 2" in told
    assert "Agrees with the panel — 0 of 0" in told
    assert re.search(r"Busiest: [1-4] events? in the minute from .*; [1-4] events? in the hour from", told)
    assert rows(page) == [last, last - 1, last - 2]
    assert f'href="{LOG}?voter={ann}"' in page
    assert f'name="voter" value="{ann}"' in page
    assert (await look(caller, f"/moderation/voters/{NOBODYS}")).status_code == 404
    assert (await look(caller, "/moderation/voters/ann")).status_code == 400
