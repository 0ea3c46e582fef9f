"""Ruling from the console: what is previewed is what is applied, by whoever looked at it, once."""

import asyncio
import re

import msgspec

from service.pages.session.signer import Signer, from_text, to_text
from tests.support.console import events, words
from tests.support.forms import PAGE, sign_in
from tests.support.ruling_desk import (
    APPLY,
    BATCHES,
    TOKEN,
    applied,
    apply,
    batch_at,
    post,
    previewed,
    standings,
    token_of,
    voted,
)
from tests.support.service import Caller, Service, done, fresh


async def test_what_is_ticked_is_previewed_applied_and_reverted(desk: Caller) -> None:
    tool, places = await voted(desk, *["ship"] * 8, "skip")
    page = await previewed(desk, scope="rows", position=[str(place) for place in places[:3]])
    said = words(page)
    assert "Retract 3 events" in said
    assert f"Of events {places[0]:,}, {places[1]:,} and {places[2]:,}" in said
    assert re.search("88[.]9 % of 9 votes, 56.98 %", said)
    assert re.search("83[.]3 % of 6 votes, 44.97 %", said)
    assert "Ship → to Too close to call Flips" in said
    assert "1 verdict would flip" in said
    assert await standings(desk, tool) == ["counts"] * 9, "looking changes nothing"

    batch = await applied(desk, page, reason="spam", note="  Same words,\r\nsame hour ")
    assert (batch["moderator"], batch["reason"], batch["note"], batch["applied"]) == (
        "mo",
        "spam",
        "Same words,\nsame hour",
        3,
    )
    assert await standings(desk, tool) == ["retracted"] * 3 + ["counts"] * 6

    address = f"{BATCHES}/{batch['id']}"
    shown = words((await desk.client.get(address, headers=PAGE)).text)
    assert "Retraction of 3 events" in shown
    assert "3 retracted and 0 left as they were, of 3 events" in shown
    assert "Same words" in shown
    answer = await post(desk, f"{address}/revert-preview")
    assert "and nothing that others ruled since" in words(answer.text)
    assert '<option value="spam" selected>' in answer.text
    undone = await applied(desk, answer.text, reason="mistake")
    assert (undone["action"], undone["reverts"], undone["reason"]) == ("reinstate", batch["id"], "mistake")
    assert await standings(desk, tool) == ["counts"] * 9
    assert (
        f'<a href="{address}">batch {batch["id"]}</a>'
        in (await desk.client.get(f"{BATCHES}/{undone['id']}", headers=PAGE)).text
    )
    first = await desk.client.get(address, headers=PAGE)
    assert f'Reverted</dt><dd>by <a href="{BATCHES}/{undone["id"]}">' in first.text
    again = await post(desk, f"{address}/revert-preview")
    assert "nothing would change: they are ruled on by others since" in words(again.text)
    assert not TOKEN.search(again.text)


async def test_where_more_matches_by_now_it_is_previewed_again_and_either_may_be_applied(
    desk: Caller,
) -> None:
    for takes_in in (True, False):
        tool, _ = await voted(desk, "ship", "ship")
        page = await previewed(desk, tool=tool)
        await desk.vote(tool, "late", "ship")
        answer = await apply(desk, page)
        assert answer.status_code == 409
        said = words(answer.text)
        assert "Nothing was applied: 1 more event matches by now. This preview takes it in." in said
        assert "3 events match." in said
        assert await standings(desk, tool) == ["counts"] * 3
        found = re.search(
            r'name="instead" value="([\w.-]+)">Retract only the 2 events that you saw<', answer.text
        )
        assert found
        batch = await applied(desk, answer.text, **({} if takes_in else {"instead": found[1]}))
        assert (batch["matched"], batch["applied"]) == ((3, 3) if takes_in else (2, 2))
        assert batch["as_of"] + 1 == batch["select"]["before_position"]
        assert await standings(desk, tool) == [
            "retracted",
            "retracted",
            "retracted" if takes_in else "counts",
        ]


async def test_a_vote_that_comes_while_a_preview_is_applied_is_not_ruled_on(desk: Caller) -> None:
    tool, _ = await voted(desk, "ship", "ship")
    page = await previewed(desk, tool=tool)
    votes = [asyncio.create_task(desk.vote(tool, fresh("late"), "ship")) for _ in range(8)]
    answer = await apply(desk, page)
    await asyncio.gather(*votes)
    assert answer.status_code in {303, 409}
    retracted = ["retracted"] * 2 if answer.status_code == 303 else ["counts"] * 2
    assert await standings(desk, tool) == [*retracted, *["counts"] * 8]


async def test_what_others_ruled_meanwhile_is_shown_before_anything_is_applied(desk: Caller) -> None:
    tool, places = await voted(desk, "ship", "ship", "ship")
    page = await previewed(desk, tool=tool)
    order = {"action": "retract", "select": {"positions": places[:1]}, "reason": "legal"}
    await desk.call("POST", "/v1/moderation/batches", role="moderator", json=order)
    answer = await apply(desk, page, reason="spam", note="Kept")
    assert answer.status_code == 409
    said = words(answer.text)
    assert "Nothing was applied" in said
    assert "Then 3 events and 3 rulings on 1 tool or matchup; now 3 events and 2 rulings" in said
    assert '<option value="spam" selected>' in answer.text
    assert ">Kept</textarea>" in answer.text
    assert "3 events match; 1 of them is retracted already and would stay so." in said
    assert await standings(desk, tool) == ["retracted", "counts", "counts"]
    batch = await applied(desk, answer.text)
    assert (batch["matched"], batch["applied"], batch["unchanged"]) == (3, 2, 1)


async def test_as_many_rulings_on_other_events_are_not_what_was_shown(desk: Caller) -> None:
    tool, places = await voted(desk, "ship", "ship")

    async def rule(action: str, place: int) -> None:
        order = {"action": action, "select": {"positions": [place]}, "reason": "legal"}
        answer = await desk.call("POST", "/v1/moderation/batches", role="moderator", json=order)
        assert answer.status_code == 201

    await rule("retract", places[0])
    page = await previewed(desk, tool=tool)
    await rule("reinstate", places[0])
    await rule("retract", places[1])
    batch = await applied(desk, page)
    assert (batch["applied"], await standings(desk, tool)) == (0, ["counts", "retracted"])


async def test_applying_twice_or_twice_at_once_is_one_batch(desk: Caller) -> None:
    tool, _ = await voted(desk, *["ship"] * 4)
    page = await previewed(desk, tool=tool)
    answers = await asyncio.gather(
        *(apply(desk, page, reason=reason) for reason in ("spam", "spam", "legal"))
    )
    answers.append(await apply(desk, page))
    assert [answer.status_code for answer in answers] == [303] * 4, [answer.text for answer in answers]
    [address] = {answer.headers["location"] for answer in answers}
    batch = await batch_at(desk, address)
    assert batch["applied"] == 4
    assert len(await events(desk, tool=tool, type="EventRetracted")) == 4
    lines = done(await desk.call("GET", "/v1/moderation/audit", role="moderator", params={"who": "mo"}))
    assert [line["what"] for line in lines["items"]].count(batch["id"]) == 1


async def test_a_preview_of_somebody_else_is_refused(desk: Caller, service: Service) -> None:
    tool, _ = await voted(desk, "ship")
    page = await previewed(desk, tool=tool)
    async with service.client() as client:
        await sign_in(service, client, service.token("admin", "ada"))
        answer = await apply(Caller(service, client), page)
    assert answer.status_code == 403
    assert "Somebody else looked at this preview" in words(answer.text)
    assert 'href="/moderation/events"' in answer.text
    assert await standings(desk, tool) == ["counts"]


async def test_a_preview_that_was_tampered_with_or_grew_old_is_refused(
    desk: Caller, service: Service
) -> None:
    tool, _ = await voted(desk, "ship")
    other, _ = await voted(desk, "ship")
    token = token_of(await previewed(desk, tool=tool))
    text, _, seal = token.partition(".")
    intent = msgspec.json.decode(from_text(text))
    signer = Signer(service.secret, "", anonymous_votes=False)

    def sealed(**change: object) -> str:
        changed = to_text(msgspec.json.encode({**intent, **change}))
        return f"{changed}.{to_text(signer.sign('ruling', changed))}"

    elsewhere = to_text(msgspec.json.encode({**intent, "select": {"tool": other}}))
    by_form = to_text(signer.sign("form", text))
    for forged in (
        f"{elsewhere}.{seal}",
        f"{text}.{by_form}",
        f"{text}.",
        text,
        "",
        f"ü.{seal}",
        f"{token}x",
    ):
        answer = await post(desk, APPLY, token=forged, reason="fraud", tool=other, position="1")
        assert answer.status_code == 422
        assert "This is not what a preview led to" in words(answer.text)
    old = await post(desk, APPLY, token=sealed(at=intent["at"] - 3_700), reason="fraud")
    assert (old.status_code, "out of date" in words(old.text)) == (422, True)
    assert await standings(desk, tool) == await standings(desk, other) == ["counts"]
    assert (await post(desk, APPLY, token=sealed(), reason="fraud")).status_code == 303


async def test_a_reason_is_needed_and_a_note_may_be_so_long(desk: Caller) -> None:
    tool, _ = await voted(desk, "ship")
    page = await previewed(desk, tool=tool)
    for fields, said in (
        ({"reason": ""}, "Choose a reason"),
        ({"reason": "because"}, "Choose a reason"),
        ({"reason": "spam", "note": "x" * 2_001}, "at most 2,000 characters"),
    ):
        answer = await apply(desk, page, **fields)
        assert answer.status_code == 422
        assert said in words(answer.text)
    assert await standings(desk, tool) == ["counts"]
    batch = await applied(desk, page, note="\r\n".join("x" * 1_000))  # as browsers send 1,999 characters
    assert len(batch["note"]) == 1_999
