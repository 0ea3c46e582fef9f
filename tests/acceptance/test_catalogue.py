"""Tools and panelists over HTTP: what an admin lists is what everybody reads."""

from typing import Any

import pytest

from tests.support.service import TOOL, Caller, done, fresh, position_of, refused

ENTRY = {
    "name": "Hammer",
    "vendor": "Acme",
    "category": "hand-tools",
    "tagline": "Hits nails",
    "description": "Ünïcödé, too: 🔨",
    "homepage": "https://example.com/hammer",
    "pricing": {"model": "paid", "entry": "$10", "note": None},
}


async def listed(caller: Caller, slug: str, **fields: object) -> None:
    """List a tool and wait until it can be read."""
    await caller.score(slug, after=await caller.list_tool(slug, **fields))


async def test_a_listed_tool_can_be_read_with_its_whole_entry(caller: Caller) -> None:
    slug = fresh()
    position = position_of(await caller.call("PUT", f"/v1/tools/{slug}", role="admin", json=ENTRY))
    await caller.score(slug, after=position)
    tool = done(await caller.call("GET", f"/v1/tools/{slug}"))
    assert tool == {"slug": slug, **ENTRY, "position": position}


async def test_listing_the_same_again_changes_nothing(caller: Caller) -> None:
    slug = fresh()
    first = done(await caller.call("PUT", f"/v1/tools/{slug}", role="admin", json=ENTRY))
    again = done(await caller.call("PUT", f"/v1/tools/{slug}", role="admin", json=ENTRY))
    assert first["changed"] is True
    assert again == {"position": first["position"], "changed": False}


async def test_an_entry_that_leaves_out_what_may_be_left_out_is_read_with_blanks(caller: Caller) -> None:
    slug = fresh()
    await listed(caller, slug)
    tool = done(await caller.call("GET", f"/v1/tools/{slug}"))
    assert (tool["vendor"], tool["tagline"], tool["description"], tool["homepage"]) == ("", "", "", "")
    assert tool["pricing"] is None


async def test_a_revised_tool_is_read_as_revised(caller: Caller) -> None:
    slug = fresh()
    await listed(caller, slug, name="Hammer")
    await listed(caller, slug, name="Mallet")
    assert done(await caller.call("GET", f"/v1/tools/{slug}"))["name"] == "Mallet"


async def test_a_delisted_tool_is_gone_for_readers_and_voters(caller: Caller) -> None:
    slug, other = fresh(), fresh()
    await listed(caller, slug)
    await listed(caller, other)
    gone = done(await caller.call("DELETE", f"/v1/tools/{slug}", role="admin"))
    assert gone["changed"] is True
    vote = await caller.call(
        "PUT", f"/v1/tools/{slug}/vote", role="voter", subject=fresh("ann"), json={"choice": "ship"}
    )
    refused(vote, 404, "unknown-tool")
    await caller.score(other, after=gone["position"])
    for path in ("", "/score", "/reviews"):
        refused(await caller.call("GET", f"/v1/tools/{slug}{path}"), 404, "unknown-tool")


async def test_delisting_again_changes_nothing(caller: Caller) -> None:
    slug = fresh()
    await caller.list_tool(slug)
    first = done(await caller.call("DELETE", f"/v1/tools/{slug}", role="admin"))
    again = done(await caller.call("DELETE", f"/v1/tools/{slug}", role="admin"))
    assert again == {"position": first["position"], "changed": False}


async def test_a_tool_listed_again_has_its_votes_back(caller: Caller) -> None:
    slug = fresh()
    await caller.list_tool(slug)
    await caller.vote(slug, fresh("ann"), "ship")
    await caller.call("DELETE", f"/v1/tools/{slug}", role="admin")
    again = await caller.list_tool(slug)
    assert (await caller.score(slug, after=again))["community"]["votes"] == 1


async def test_pages_lead_through_all_tools_of_a_category_once_and_in_order(caller: Caller) -> None:
    category = fresh("category")
    slugs = sorted(fresh() for _ in range(7))
    for slug in slugs:
        await listed(caller, slug, category=category)
    found: list[str] = []
    asked: dict[str, Any] = {"category": category, "limit": "3"}
    for _ in range(3):
        page = done(await caller.call("GET", "/v1/tools", params=asked))
        found += [tool["slug"] for tool in page["items"]]
        asked["cursor"] = page["next"]
    assert asked["cursor"] is None
    assert found == slugs


async def test_a_page_that_ends_with_the_last_tool_has_no_next(caller: Caller) -> None:
    category = fresh("category")
    slugs = [fresh() for _ in range(2)]
    for slug in slugs:
        await listed(caller, slug, category=category)
    page = done(await caller.call("GET", "/v1/tools", params={"category": category, "limit": 2}))
    assert (len(page["items"]), page["next"]) == (2, None)


async def test_a_category_without_tools_is_an_empty_page(caller: Caller) -> None:
    page = done(await caller.call("GET", "/v1/tools", params={"category": fresh()}))
    assert page == {"items": [], "next": None}


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=ten",
        "limit=",
        "limit=%D9%A1",
        "cursor=!!!",
        "cursor=AA",
        "cursor=%C3%A4",
        "category=%00",
        "category=Two%20Words",
        "colour=red",
        "limit=1&limit=2",
    ],
)
async def test_a_list_refuses_a_parameter_that_it_does_not_understand(caller: Caller, query: str) -> None:
    refused(await caller.call("GET", f"/v1/tools?{query}"), 400, "bad-parameter")


@pytest.mark.parametrize("path", ["", "/score", "/reviews"])
async def test_a_tool_that_was_never_listed_is_unknown(caller: Caller, path: str) -> None:
    refused(await caller.call("GET", f"/v1/tools/{fresh()}{path}"), 404, "unknown-tool")
    refused(await caller.call("DELETE", f"/v1/tools/{fresh()}", role="admin"), 404, "unknown-tool")


@pytest.mark.parametrize(
    "fields",
    [
        {"colour": "red"},
        {"name": ""},
        {"name": "x" * 201},
        {"name": None},
        {"category": "Two Words"},
        {"homepage": "javascript:alert(1)"},
        {"pricing": {"model": "barter"}},
        {"pricing": {"model": "free", "colour": "red"}},
        {"description": "x" * 20_001},
        {"tagline": "\0"},
    ],
)
async def test_an_entry_with_a_field_that_does_not_fit_is_refused(
    caller: Caller, fields: dict[str, object]
) -> None:
    answer = await caller.call("PUT", f"/v1/tools/{fresh()}", role="admin", json={**TOOL, **fields})
    refused(answer, 400, "bad-body")


async def test_a_slug_may_be_80_characters_long(caller: Caller) -> None:
    slug = fresh().ljust(80, "x")
    await listed(caller, slug)
    assert done(await caller.call("GET", f"/v1/tools/{slug}"))["slug"] == slug
