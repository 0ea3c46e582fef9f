"""The page that compares tools, over HTTP: its one address, what it says, and what it refuses."""

import re

import httpx

from tests.support.service import REVIEW, Caller, fresh

HTML = {"Accept": "text/html"}


async def page(caller: Caller, path: str, **asked: str) -> httpx.Response:
    """Ask for a page."""
    return await caller.call("GET", path, headers=HTML, params=asked or None)


async def pair(caller: Caller) -> tuple[str, str]:
    """List two tools; return their slugs in alphabetical order."""
    slugs = sorted((fresh(), fresh()))
    for slug in slugs:
        await caller.score(slug, after=await caller.list_tool(slug, name=slug.upper()))
    return slugs[0], slugs[1]


async def test_the_other_order_leads_to_the_one_address(caller: Caller) -> None:
    left, right = await pair(caller)
    answer = await page(caller, f"/compare/{right}-vs-{left}", context="any", stray="1")
    assert answer.status_code == 308
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["location"] == f"/compare/{left}-vs-{right}?context=any"
    found = await page(caller, answer.headers["location"])
    assert found.status_code == 200
    assert f'<link rel="canonical" href="/compare/{left}-vs-{right}?context=any">' in found.text


async def test_slugs_may_hold_what_stands_between_them(caller: Caller) -> None:
    end = fresh("z")
    inner = f"a-vs-{fresh('b')}"
    for slug in (inner, end):
        await caller.score(slug, after=await caller.list_tool(slug, name=slug.upper()))
    for path in (f"/compare/{inner}-vs-{end}", f"/compare/{end}-vs-{inner}"):
        answer = await caller.client.get(path, headers=HTML, follow_redirects=True)
        assert answer.url.path == f"/compare/{inner}-vs-{end}"
        assert f"{inner.upper()} or {end.upper()}" in answer.text


async def test_an_unknown_tool_is_a_page_that_says_so(caller: Caller) -> None:
    left, _ = await pair(caller)
    unknown = f"{left}-unknown"
    answer = await page(caller, f"/compare/{left}-vs-{unknown}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert unknown in answer.text


async def test_what_names_no_two_tools_is_not_found(caller: Caller) -> None:
    for path in ("/compare/one", "/compare/-vs-", "/compare/A-vs-b", "/compare/a-vs-b?with=B"):
        assert (await page(caller, path)).status_code == 404


async def test_a_tool_is_not_compared_with_itself_nor_more_than_five(caller: Caller) -> None:
    left, right = await pair(caller)
    assert (await page(caller, f"/compare/{left}-vs-{left}")).status_code == 400
    many = ",".join(fresh() for _ in range(4))
    assert (await page(caller, f"/compare/{left}-vs-{right}", **{"with": many})).status_code == 400


async def test_an_added_tool_comes_to_the_address(caller: Caller) -> None:
    left, right = await pair(caller)
    third, fourth = await pair(caller)
    answer = await page(caller, f"/compare/{left}-vs-{right}", add=fourth, **{"with": third})
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/compare/{left}-vs-{right}?with={third}%2C{fourth}"
    assert (await page(caller, answer.headers["location"])).text.count('class="big"') == 8


async def test_what_is_said_of_tools_stands_side_by_side(caller: Caller) -> None:
    left, right = await pair(caller)
    await caller.seat(panelist := fresh("panelist"))
    for number, slug in enumerate((left, right)):
        review = {**REVIEW, "headline": f"Headline <{number}>"}
        path = f"/v1/tools/{slug}/reviews/{panelist}"
        assert (await caller.call("PUT", path, role="admin", json=review)).status_code == 200
    for number in range(4):
        await caller.vote(left, f"voter-{number}", "ship" if number else "skip")
    last = await caller.prefer(left, right, "voter", left)
    await caller.score(left, after=last["position"])
    text = (await page(caller, f"/compare/{left}-vs-{right}")).text
    shares = re.findall(r'<p class="big"[^>]*>([^<]*)</p>', text)
    assert shares == ["100\u202f%", "100\u202f%", "75\u202f%", "—"]
    assert text.index("Headline &lt;0&gt;") < text.index("Headline &lt;1&gt;")
    assert "3 of 4 votes say ship" in text
    assert f'<strong data-show="left_wins">1</strong> prefer {left.upper()}' in text


async def test_a_comparison_is_shown_as_it_stood(caller: Caller) -> None:
    left, right = await pair(caller)
    first = (await caller.vote(left, "voter", "ship"))["position"]
    await caller.score(left, after=(await caller.vote(left, "voter", "skip"))["position"])
    then = await page(caller, f"/compare/{left}-vs-{right}", as_of=str(first))
    now = await page(caller, f"/compare/{left}-vs-{right}")
    assert "1 of 1 vote say ship" in then.text
    assert "0 of 1 vote say ship" in now.text
    assert f"As it stood at position {first:,}" in then.text
    assert f"as_of={first}" in then.text.split("/v1/compare")[1].split('"')[0]


async def test_a_comparison_that_has_not_changed_is_not_sent_again(caller: Caller) -> None:
    left, right = await pair(caller)
    path = f"/compare/{left}-vs-{right}"
    tag = (await page(caller, path)).headers["etag"]
    again = await caller.call("GET", path, headers={**HTML, "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
