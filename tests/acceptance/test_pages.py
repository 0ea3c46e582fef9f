"""Pages over HTTP: safe headers, revalidation, compression, files to keep, and errors that can be read."""

import asyncio
import re
from typing import Final

import httpx
import pytest

from tests.support.service import Caller, fresh, refused

BROWSER: Final = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PLAIN: Final = {"Accept-Encoding": "identity"}
PAGES: Final = ("/", "/search?q=a", "/leaderboards/all", "/leaderboards/all?by=panel")
LOOK_S: Final = 0.1
LOOKS_MAX: Final = 300
KEPT: Final = "public, max-age=31536000, immutable"


async def read(client: httpx.AsyncClient, path: str, **headers: str) -> httpx.Response:
    """Read a page as a browser does."""
    return await client.get(path, headers={**BROWSER, **headers})


async def asset(client: httpx.AsyncClient, name: str) -> str:
    """Return the address of a file that the front page loads."""
    found = re.search(rf'"(/static/[0-9a-f]+/{re.escape(name)})"', (await read(client, "/")).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", [*PAGES, "/tools/never-listed", "/leaderboards/all?page=x"])
async def test_a_page_lets_nothing_run_or_frame_it_but_what_is_its_own(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await read(client, path)
    policy = answer.headers["content-security-policy"]
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_revalidated_by_its_etag(client: httpx.AsyncClient, path: str) -> None:
    first = await read(client, path)
    assert first.headers["cache-control"] == "no-cache"
    again = await read(client, path, **{"If-None-Match": first.headers["etag"]})
    if again.headers["etag"] == first.headers["etag"]:  # other tests vote meanwhile
        assert (again.status_code, again.content) == (304, b"")
    assert (await read(client, path, **{"If-None-Match": '"another"'})).status_code == 200


@pytest.mark.parametrize("path", PAGES)
async def test_the_head_of_a_page_is_that_of_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.head(path, headers={**BROWSER, **PLAIN})
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 1_000
    assert "etag" in answer.headers


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip")])
async def test_what_loads_is_compressed_as_the_client_likes(
    client: httpx.AsyncClient, accepted: str, encoding: str
) -> None:
    path = await asset(client, "site.css")
    plain = await client.get(path, headers=PLAIN)
    answer = await client.get(path, headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in plain.headers
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == (encoding, "accept-encoding")
    assert int(answer.headers["content-length"]) < len(plain.content) / 2
    assert answer.content == plain.content


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("site.css", "text/css; charset=utf-8"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
    ],
)
async def test_a_file_is_kept_for_ever_at_the_address_that_names_its_contents(
    client: httpx.AsyncClient, name: str, type_: str
) -> None:
    answer = await client.get(await asset(client, name))
    assert (answer.status_code, answer.headers["content-type"]) == (200, type_)
    assert answer.headers["cache-control"] == KEPT
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_of_another_release_finds_its_files_but_does_not_keep_them(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/static/0123456789ab/site.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert answer.text == (await client.get(await asset(client, "site.css"))).text


@pytest.mark.parametrize("name", ["none.css", "..%2f__init__.py", "tokens.css"])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    refused(await client.get(f"/static/0123456789ab/{name}"), 404, "not-found")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing/here", 404, "There is nothing here"),
        ("/tools/never-listed", 404, "No tool &#39;never-listed&#39; is listed."),
        ("/tools/NO SLUG", 404, "is not a slug"),
        ("/leaderboards/never-used", 404, "No tool is listed in the category"),
        ("/leaderboards/all?page=999", 404, "no page 999"),
        ("/leaderboards/all?by=nobody", 400, "by must be one of"),
        ("/leaderboards/all?as_of=yesterday", 400, "as_of must be a position, or a time"),
        ("/leaderboards/all?as_of=9223372036854775807", 400, "The log ends at position"),
    ],
)
async def test_an_error_is_a_page_for_who_asks_for_one_and_a_problem_for_others(
    client: httpx.AsyncClient, path: str, status: int, words: str
) -> None:
    page = await read(client, path)
    assert page.status_code == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert (page.headers["vary"], page.headers["cache-control"]) == ("Accept", "no-store")
    assert words in page.text
    problem = await client.get(path)
    assert (problem.status_code, problem.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("path", ["/v1/tools/never-listed", "/v1/nothing"])
async def test_programs_get_problems_whatever_they_accept(client: httpx.AsyncClient, path: str) -> None:
    assert (await read(client, path)).headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "tail", ["?utm_source=somewhere", "?as_of=", "?page=1&page=2", "?by=%00", "?%ff=%fe"]
)
async def test_what_links_gather_at_their_ends_does_no_harm(client: httpx.AsyncClient, tail: str) -> None:
    assert (await read(client, f"/leaderboards/all{tail}")).status_code in {200, 400}


@pytest.mark.parametrize(
    "text", ["%00", "%ff", "a" * 5_000, "%27; DROP TABLE tools", "vs", " vs ", "a vs ", "x vs y vs z"]
)
async def test_anything_may_be_searched_for(client: httpx.AsyncClient, text: str) -> None:
    assert (await read(client, f"/search?q={text}")).status_code == 200


async def test_what_people_wrote_is_never_markup(caller: Caller) -> None:
    slug, evil, category = fresh(), "<script>alert(1)</script>\"'><b>", fresh("category")
    fields = {
        "category": category,
        "vendor": evil,
        "tagline": evil,
        "description": evil,
        "homepage": "https://example.com/" + "%22%3E",
    }
    position = await caller.list_tool(slug, name=f"{evil} {slug}", **fields)
    await caller.score(slug, after=position)
    for path in (f"/tools/{slug}", f"/search?q={slug}", f"/leaderboards/{category}"):
        page = (await read(caller.client, path)).text
        assert slug in page
        assert "<script>alert" not in page
        assert "<b>" not in page


async def test_a_page_shows_a_vote_before_long(caller: Caller) -> None:
    slug = fresh()
    await caller.score(slug, after=await caller.list_tool(slug))
    assert "no votes yet" in (await read(caller.client, f"/tools/{slug}")).text
    await caller.vote(slug, "one", "ship")
    for _ in range(LOOKS_MAX):
        if "1 of 1 vote say ship" in (await read(caller.client, f"/tools/{slug}")).text:
            return
        await asyncio.sleep(LOOK_S)
    pytest.fail("the page never showed the vote")


async def test_crawlers_are_told_where_the_pages_are(client: httpx.AsyncClient) -> None:
    answer = await client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Disallow: /search" in answer.text
