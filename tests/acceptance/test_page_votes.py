"""Votes by the pages' forms, as a browser without scripts sends them."""

import re
from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from service.pages.voting_limits import NEW_BROWSERS
from tests.support.forms import PAGE, csrf_of, own_origin, sign_in
from tests.support.service import Caller, Service, fresh
from tests.support.up import running_up, temporary_home


@pytest.fixture(scope="module")
def open_service() -> Generator[Service]:
    """A service that takes votes of people without an account."""
    allow = {"OSTRAKA_ANONYMOUS_VOTES": "allow", "FORWARDED_ALLOW_IPS": "127.0.0.1"}
    with temporary_home() as home, running_up(home, env=allow) as up:
        yield Service(up.url, home)
        assert "a request met a defect" not in up.errors.read_text()


@pytest.fixture
async def visitor(open_service: Service) -> AsyncGenerator[Caller]:
    """Somebody without an account there."""
    async with open_service.client() as client:
        yield Caller(open_service, client)


async def post(caller: Caller, path: str, *, csrf: str | None = None, **fields: str) -> httpx.Response:
    """Post a form of the page that stands at the same path, but for its last part."""
    if csrf is None:
        csrf = csrf_of(await caller.client.get("/" if "/compare/" in path else path.removesuffix("/vote")))
    return await caller.client.post(path, data={"csrf": csrf, **fields}, headers=own_origin(caller.service))


async def follow(caller: Caller, answer: httpx.Response) -> str:
    """Return the page that a form leads to."""
    assert answer.status_code == 303, answer.text
    page = await caller.client.get(answer.headers["location"], headers=PAGE)
    assert page.status_code == 200
    return page.text


async def listed(caller: Caller) -> str:
    """List a tool, and wait until it has a page."""
    tool = fresh()
    await caller.score(tool, after=await caller.list_tool(tool))
    return tool


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


async def test_without_an_account_a_vote_is_told_apart_and_its_browser_known_again(visitor: Caller) -> None:
    tool = await listed(visitor)
    answer = await post(visitor, f"/tools/{tool}/vote", choice="ship")
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(
        r"ostraka_visitor=[\w-]{22}\.\d+\.[\w-]{22}; Max-Age=\d+; Path=/; HttpOnly; SameSite=Lax", cookie
    )
    page = await follow(visitor, answer)
    assert "You voted ship." in page
    assert "no votes yet" in page
    assert re.search(r"1 vote</span> by people without an account: told apart, not counted", page)
    again = await post(visitor, f"/tools/{tool}/vote", choice="skip")
    assert "set-cookie" not in again.headers
    assert "You voted skip." in await follow(visitor, again)
    score = await visitor.score(tool)
    assert score["anonymous"] == {"ship": 0, "skip": 1, "votes": 1, "counted": False}
    assert score["community"]["votes"] == 0


async def test_a_forged_visitor_is_a_new_one(visitor: Caller) -> None:
    tool = await listed(visitor)
    await post(visitor, f"/tools/{tool}/vote", choice="ship")
    genuine = visitor.client.cookies["ostraka_visitor"]
    id_, expires, seal = genuine.split(".")
    forged = [
        f"{id_[:-1]}A.{expires}.{seal}" if not id_.endswith("A") else f"{id_[:-1]}B.{expires}.{seal}",
        f"{id_}.{int(expires) + 1}.{seal}",
        f"{id_}.{expires}.",
        f"{id_}..{seal}",
        f"{id_}.{expires}.{seal[:-4]}",
        "..",
        "x",
    ]
    for content in forged:
        visitor.client.cookies.clear()
        page = await visitor.client.get(f"/tools/{tool}", headers={"Cookie": f"ostraka_visitor={content}"})
        assert page.status_code == 200
        assert "You voted" not in page.text, content
    page = await visitor.client.get(f"/tools/{tool}", headers={"Cookie": f"ostraka_visitor={genuine}"})
    assert "You voted ship." in page.text


async def test_a_visitor_of_another_service_is_nobody_here(caller: Caller, visitor: Caller) -> None:
    tool = await listed(visitor)
    await caller.score(tool, after=await caller.list_tool(tool))
    await post(visitor, f"/tools/{tool}/vote", choice="ship")
    cookie = {"Cookie": f"ostraka_visitor={visitor.client.cookies['ostraka_visitor']}"}
    page = await caller.client.get(f"/tools/{tool}", headers=cookie)
    assert "Sign in to vote" in page.text
    assert "private" not in page.headers["cache-control"]


async def test_votes_without_an_account_are_limited_and_say_for_how_long(visitor: Caller) -> None:
    tool = await listed(visitor)
    csrf = csrf_of(await visitor.client.get(f"/tools/{tool}"))
    answers = [await post(visitor, f"/tools/{tool}/vote", csrf=csrf, choice="ship") for _ in range(40)]
    refused = next(answer for answer in answers if answer.status_code != 303)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "Too many votes" in refused.text


async def test_one_address_makes_so_many_new_voters_and_no_more(visitor: Caller) -> None:
    tool = await listed(visitor)
    csrf = csrf_of(await visitor.client.get(f"/tools/{tool}"))
    client = visitor.client

    async def vote_anew(address: str) -> httpx.Response:
        client.cookies.clear()
        headers = {**own_origin(visitor.service), "X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        return await client.post(
            f"/tools/{tool}/vote", data={"csrf": csrf, "choice": "ship"}, headers=headers
        )

    answers = [await vote_anew("192.0.2.7") for _ in range(NEW_BROWSERS.most + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {303}
    assert answers[-1].status_code == 429
    elsewhere = await vote_anew("192.0.2.8")
    assert elsewhere.status_code == 303
    assert elsewhere.headers["set-cookie"].endswith("; Secure")
