"""The panel and its reviews over HTTP."""

from typing import Any

import pytest

from tests.support.service import PANELIST, REVIEW, Caller, done, fresh, position_of, refused


async def set_up(caller: Caller) -> tuple[str, str]:
    """List a tool and seat a panelist."""
    tool, panelist = fresh(), fresh("dana")
    await caller.list_tool(tool)
    await caller.seat(panelist)
    return tool, panelist


def path_of(tool: str, panelist: str) -> str:
    return f"/v1/tools/{tool}/reviews/{panelist}"


async def review(caller: Caller, tool: str, panelist: str, **fields: object) -> dict[str, Any]:
    """Write a review as its panelist."""
    body: dict[str, Any] = {**REVIEW, **fields}
    return done(
        await caller.call("PUT", path_of(tool, panelist), role="panelist", subject=panelist, json=body)
    )


async def reviews(caller: Caller, tool: str, *, after: int, **query: object) -> dict[str, Any]:
    """Read a tool's reviews once the read models have reached a position."""
    await caller.score(tool, after=after)
    return done(await caller.call("GET", f"/v1/tools/{tool}/reviews", params=query))


async def test_a_panelists_own_review_is_read_with_their_name_and_lens(caller: Caller) -> None:
    tool, panelist = await set_up(caller)
    written = await review(caller, tool, panelist)
    assert written["changed"] is True
    page = await reviews(caller, tool, after=written["position"])
    (item,) = page["items"]
    assert item.pop("recorded_at").endswith("Z")
    assert item == {
        "panelist": panelist,
        "name": PANELIST["name"],
        "lens": "builder",
        **REVIEW,
        "position": written["position"],
    }
    assert page["next"] is None


async def test_an_admin_may_write_and_withdraw_for_a_panelist(caller: Caller) -> None:
    tool, panelist = await set_up(caller)
    written = await caller.call("PUT", path_of(tool, panelist), role="admin", json=REVIEW)
    assert done(written)["changed"] is True
    withdrawn = done(await caller.call("DELETE", path_of(tool, panelist), role="admin"))
    assert withdrawn["changed"] is True
    assert (await reviews(caller, tool, after=withdrawn["position"]))["items"] == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_another_panelist_may_not_touch_a_review(caller: Caller, method: str) -> None:
    tool, panelist = await set_up(caller)
    more: dict[str, Any] = {"json": REVIEW} if method == "PUT" else {}
    answer = await caller.call(method, path_of(tool, panelist), role="panelist", subject=fresh("eve"), **more)
    refused(answer, 403, "not-the-author")


async def test_repeating_a_review_changes_nothing_and_revising_it_does(caller: Caller) -> None:
    tool, panelist = await set_up(caller)
    first = await review(caller, tool, panelist)
    assert await review(caller, tool, panelist) == {"position": first["position"], "changed": False}
    revised = await review(caller, tool, panelist, verdict="skip")
    assert revised["changed"] is True
    score = await caller.score(tool, after=revised["position"])
    assert score["panel"] == {"ship": 0, "skip": 1, "share": 0.0}


async def test_the_panel_counts_each_panelists_standing_verdict_once(caller: Caller) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    for verdict in ("ship", "ship", "skip"):
        panelist = fresh("dana")
        await caller.seat(panelist)
        position = (await review(caller, tool, panelist, verdict=verdict))["position"]
    score = await caller.score(tool, after=position)
    assert score["panel"] == {"ship": 2, "skip": 1, "share": 0.6667}


async def test_withdrawing_what_is_not_there_changes_nothing(caller: Caller) -> None:
    tool, panelist = await set_up(caller)
    path = path_of(tool, panelist)
    assert done(await caller.call("DELETE", path, role="admin"))["changed"] is False


async def test_a_review_by_an_unseated_panelist_is_refused(caller: Caller) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    answer = await caller.call("PUT", path_of(tool, fresh("nobody")), role="admin", json=REVIEW)
    refused(answer, 404, "unknown-panelist")


async def test_a_review_of_an_unknown_tool_is_refused(caller: Caller) -> None:
    _, panelist = await set_up(caller)
    answer = await caller.call("PUT", path_of(fresh(), panelist), role="admin", json=REVIEW)
    refused(answer, 404, "unknown-tool")


async def test_a_retired_panelists_review_stands_but_they_write_no_more(caller: Caller) -> None:
    tool, panelist = await set_up(caller)
    await review(caller, tool, panelist)
    retired = done(await caller.call("DELETE", f"/v1/panelists/{panelist}", role="admin"))
    again = done(await caller.call("DELETE", f"/v1/panelists/{panelist}", role="admin"))
    assert (retired["changed"], again["changed"]) == (True, False)
    assert len((await reviews(caller, tool, after=retired["position"]))["items"]) == 1
    answer = await caller.call("PUT", path_of(tool, panelist), role="admin", json={**REVIEW, "headline": "x"})
    refused(answer, 404, "unknown-panelist")


async def test_seating_the_same_panelist_again_changes_nothing(caller: Caller) -> None:
    path = f"/v1/panelists/{fresh('dana')}"
    first = done(await caller.call("PUT", path, role="admin", json=PANELIST))
    again = done(await caller.call("PUT", path, role="admin", json=PANELIST))
    assert again == {"position": first["position"], "changed": False}


async def test_a_panelist_who_was_never_seated_cannot_retire(caller: Caller) -> None:
    answer = await caller.call("DELETE", f"/v1/panelists/{fresh('nobody')}", role="admin")
    refused(answer, 404, "unknown-panelist")


async def test_a_panelists_new_name_shows_on_their_old_reviews(caller: Caller) -> None:
    tool, panelist = await set_up(caller)
    await review(caller, tool, panelist)
    position = await caller.seat(panelist, name="Dana O.")
    (item,) = (await reviews(caller, tool, after=position))["items"]
    assert item["name"] == "Dana O."


async def test_pages_lead_through_all_reviews_once_and_in_order(caller: Caller) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    panel = sorted(fresh("dana") for _ in range(3))
    position = 0
    for panelist in panel:
        await caller.seat(panelist)
        position = (await review(caller, tool, panelist))["position"]
    first = await reviews(caller, tool, after=position, limit=2)
    second = await reviews(caller, tool, after=position, limit=2, cursor=first["next"])
    found = [item["panelist"] for item in first["items"] + second["items"]]
    assert (found, second["next"]) == (panel, None)


@pytest.mark.parametrize(
    "fields", [{"verdict": "maybe"}, {"headline": None}, {"body": "x" * 20_001}, {"stars": 5}]
)
async def test_a_review_with_a_field_that_does_not_fit_is_refused(
    caller: Caller, fields: dict[str, object]
) -> None:
    tool, panelist = await set_up(caller)
    answer = await caller.call("PUT", path_of(tool, panelist), role="admin", json={**REVIEW, **fields})
    refused(answer, 400, "bad-body")


async def test_a_long_review_is_kept_to_the_letter(caller: Caller) -> None:
    tool, panelist = await set_up(caller)
    text = "Zürich 🎉\n" * 2_000
    answer = await caller.call("PUT", path_of(tool, panelist), role="admin", json={**REVIEW, "body": text})
    (item,) = (await reviews(caller, tool, after=position_of(answer)))["items"]
    assert item["body"] == text
