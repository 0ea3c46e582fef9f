"""Votes by the pages' forms, as a browser without scripts sends them."""

import pytest

from tests.support.forms import PAGE, csrf_of, follow, listed, post, sign_in
from tests.support.service import Caller, fresh


async def start_voting(caller: Caller) -> str:
    """List a tool and sign somebody in as a voter; return the tool."""
    tool = await listed(caller)
    await sign_in(caller.service, caller.client, caller.service.token("voter", fresh("voter")))
    return tool


async def test_a_vote_is_on_the_page_that_it_leads_to_and_can_be_changed_and_withdrawn(
    caller: Caller,
) -> None:
    tool = await start_voting(caller)
    path = f"/tools/{tool}/vote"
    page = await follow(caller, await post(caller, path, choice="ship", next=f"/tools/{tool}"))
    assert "You voted ship." in page
    assert "1 of 1 vote say ship" in page
    page = await follow(caller, await post(caller, path, choice="skip"))
    assert "You voted skip." in page
    assert "0 of 1 vote say ship" in page
    page = await follow(caller, await post(caller, path, withdraw="yes", choice="ship"))
    assert "You voted" not in page
    assert "no votes yet" in page


async def test_a_repeated_vote_changes_nothing(caller: Caller) -> None:
    tool = await start_voting(caller)
    for _ in range(3):
        page = await follow(caller, await post(caller, f"/tools/{tool}/vote", choice="ship"))
        assert "1 of 1 vote say ship" in page
    log = await caller.call("GET", "/v1/events", role="moderator", params={"tool": tool, "type": "VoteCast"})
    assert len(log.json()["items"]) == 1


async def test_a_preference_stands_in_its_own_context(caller: Caller) -> None:
    left = await start_voting(caller)
    right = fresh("wrench-vs-saw")
    await caller.list_tool(right)
    pair = {"left": left, "right": right}
    path = f"/compare/{left}-vs-{right}/vote"
    for context, choice in (("overall", left), ("framing", "tie"), ("framing", right)):
        answer = await post(caller, path, choice=choice, context=context, next="/", **pair)
        assert answer.status_code == 303, answer.text
    score = (await caller.matchup(left, right))["contexts"]
    assert "overall" in str(score)
    own = [
        (
            await caller.client.get(
                f"/v1/matchups/{left}/{right}/vote",
                params={"context": context},
                headers={"Authorization": f"Bearer {caller.client.cookies['ostraka_session']}"},
            )
        ).json()["winner"]
        for context in ("overall", "framing")
    ]
    assert own == [left, right]
    assert (await post(caller, path, withdraw="yes", context="framing", next="/", **pair)).status_code == 303


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"choice": ""},
        {"choice": "SHIP"},
        {"choice": "\0"},
        {"choise": "ship"},
    ],
)
async def test_a_vote_that_means_nothing_is_refused_on_a_page(caller: Caller, fields: dict[str, str]) -> None:
    tool = await start_voting(caller)
    answer = await post(caller, f"/tools/{tool}/vote", **fields)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_pair_that_the_address_does_not_name_is_refused(caller: Caller) -> None:
    left = await start_voting(caller)
    await caller.list_tool("zz-other-tool")
    for one, other, context in (
        (left, "zz-third-tool", "overall"),
        ("zz-other-tool", "zz-other-tool", "overall"),
        (left, "zz-other-tool", "No Slug"),
        ("..", "/", "overall"),
    ):
        answer = await post(
            caller,
            f"/compare/{left}-vs-zz-other-tool/vote",
            left=one,
            right=other,
            context=context,
            choice="tie",
        )
        assert answer.status_code == 400, answer.text


async def test_a_vote_without_the_forms_token_is_refused(caller: Caller) -> None:
    tool = await start_voting(caller)
    path = f"/tools/{tool}/vote"
    for csrf in ("", "wrong"):
        assert (await post(caller, path, csrf=csrf, choice="ship")).status_code == 403
    elsewhere = {**PAGE, "Origin": "https://evil.example"}
    csrf = csrf_of(await caller.client.get(f"/tools/{tool}"))
    answer = await caller.client.post(path, data={"csrf": csrf, "choice": "ship"}, headers=elsewhere)
    assert answer.status_code == 403
    assert (await caller.score(tool))["community"]["votes"] == 0


async def test_a_vote_on_an_unknown_tool_is_no_page(caller: Caller) -> None:
    await start_voting(caller)
    csrf = csrf_of(await caller.client.get("/"))
    assert (await post(caller, f"/tools/{fresh()}/vote", csrf=csrf, choice="ship")).status_code == 404


async def test_who_is_not_signed_in_is_asked_to_and_led_back(caller: Caller) -> None:
    tool = await listed(caller)
    page = await caller.client.get(f"/tools/{tool}")
    assert "Sign in to vote" in page.text
    csrf = csrf_of(await caller.client.get("/sign-in"))
    answer = await post(caller, f"/tools/{tool}/vote", csrf=csrf, choice="ship")
    assert answer.headers["location"] == f"/sign-in?next=%2Ftools%2F{tool}"
    assert (await caller.score(tool))["community"]["votes"] == 0


async def test_moderators_do_not_vote(caller: Caller) -> None:
    tool = await listed(caller)
    await sign_in(caller.service, caller.client, caller.service.token("moderator"))
    assert "Voters vote; you are signed in as moderator." in (await caller.client.get(f"/tools/{tool}")).text
    assert (await post(caller, f"/tools/{tool}/vote", choice="ship")).status_code == 403
