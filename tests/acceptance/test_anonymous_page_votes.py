"""Votes by people without an account: told apart, limited, known again by a cookie that none can forge."""

import re
from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from service.pages.voting.limits import NEW_BROWSERS
from tests.support.forms import csrf_of, follow, listed, own_origin, post
from tests.support.service import Caller, Service
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


async def test_without_an_account_a_vote_is_told_apart_and_its_browser_known_again(visitor: Caller) -> None:
    tool = await listed(visitor)
    answer = await post(visitor, f"/tools/{tool}/vote", choice="ship")
    cookie, _ = answer.headers.get_list("set-cookie")
    assert re.fullmatch(
        r"ostraka_visitor=[\w-]{22}\.\d+\.[\w-]{22}; Max-Age=\d+; Path=/; HttpOnly; SameSite=Lax", cookie
    )
    page = await follow(visitor, answer)
    assert "You voted ship." in page
    assert "no votes yet" in page
    assert re.search(r"1 vote</span> by people without an account: told apart, not counted", page)
    again = await post(visitor, f"/tools/{tool}/vote", choice="skip")
    assert "ostraka_visitor" not in again.headers["set-cookie"]
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
