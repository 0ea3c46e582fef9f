"""Rules over HTTP: listed and adopted, by whom, and what is refused."""

from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from tests.support.rulebook import NEW, OLD, RULES, adopt, calling, get, own_service
from tests.support.service import Caller, Service, done, fresh, refused


@pytest.fixture(scope="module")
def service() -> Generator[Service]:
    """A service of this module's own."""
    with own_service() as service:
        yield service


@pytest.fixture
async def caller(service: Service) -> AsyncGenerator[Caller]:
    """The short ways to call it."""
    async with calling(service) as caller:
        yield caller


async def test_rules_are_listed_with_their_numbers_and_when_they_were_current(caller: Caller) -> None:
    position = await adopt(caller, NEW)
    answer = await caller.call("GET", RULES)
    rules = {rule["name"]: rule for rule in done(answer)["items"]}
    old, new = rules[OLD], rules[NEW]
    assert (old["name"], new["name"], old["current"], new["current"]) == (OLD, NEW, False, True)
    assert (old["confidence"], old["ranked_votes_min"], new["ranked_votes_min"]) == (0.95, 5, 20)
    assert old["summary"]
    assert old["reason"]
    assert old["since"][-1] == {"position": 0, "adopted_at": None}
    assert new["since"][0]["position"] == position
    assert "ada" not in answer.text
    headers = {"If-None-Match": answer.headers["etag"]}
    assert (await caller.call("GET", RULES, headers=headers)).status_code == 304
    await adopt(caller, OLD)
    assert (await caller.call("GET", RULES, headers=headers)).status_code == 200


async def test_moderators_see_who_adopted_what(caller: Caller) -> None:
    position = await adopt(caller, NEW)
    path = f"{RULES}/adoptions"
    page = await get(caller, path, "moderator", limit=1)
    [adoption] = page["items"]
    assert (adoption["rule"], adoption["position"], adoption["adopted_by"]) == (NEW, position, "ada")
    events = await get(caller, "/v1/events", "moderator", after=position - 1, type="RuleAdopted")
    [event] = events["items"]
    assert (event["position"], event["data"]["rule"], event["tool"]) == (position, NEW, None)
    assert event["recorded_at"] == adoption["adopted_at"]
    rest = await get(caller, path, "moderator", cursor=page["next"])
    assert all(item["position"] < position for item in rest["items"])
    refused(await caller.call("GET", path, role="voter"), 403, "wrong-role")


async def test_adopting_the_current_rule_changes_nothing(caller: Caller) -> None:
    position = await adopt(caller, NEW)
    answer = done(await caller.call("POST", f"{RULES}/{NEW}/adopt", role="admin"))
    assert answer == {"rule": NEW, "position": position, "changed": False}


async def test_an_adoption_sent_again_under_its_key_gets_the_original_answer(caller: Caller) -> None:
    headers = {"Idempotency-Key": fresh("key")}
    path = f"{RULES}/{NEW}/adopt"
    first = done(await caller.call("POST", path, role="admin", headers=headers))
    await adopt(caller, OLD)
    assert done(await caller.call("POST", path, role="admin", headers=headers)) == first
    assert [rule["name"] for rule in (await get(caller, RULES))["items"] if rule["current"]] == [OLD]
    other = await caller.call("POST", f"{RULES}/{OLD}/adopt", role="admin", headers=headers)
    refused(other, 422, "idempotency-key-reused")


@pytest.mark.parametrize(
    ("method", "path", "role", "status", "type_"),
    [
        ("POST", "2031-01/adopt", "admin", 404, "unknown-rule"),
        ("POST", "%00/adopt", "admin", 404, "unknown-rule"),
        ("POST", f"{NEW}/adopt", "moderator", 403, "wrong-role"),
        ("POST", f"{NEW}/adopt", None, 401, "not-signed-in"),
        ("POST", f"{NEW}/adopt?from=now", "admin", 400, "bad-parameter"),
        ("GET", "2031-01/preview", "moderator", 404, "unknown-rule"),
        ("GET", f"{NEW}/preview", "voter", 403, "wrong-role"),
        ("GET", f"{NEW}/preview?against=2031-01", "moderator", 400, "bad-parameter"),
        ("GET", f"{NEW}/preview?category=No%20Slug", "moderator", 400, "bad-parameter"),
        ("GET", f"{NEW}/preview?cursor=YWJj", "moderator", 400, "bad-parameter"),
        ("GET", f"{NEW}/preview?limit=0", "moderator", 400, "bad-parameter"),
        ("GET", f"{NEW}/preview?rule={OLD}", "moderator", 400, "bad-parameter"),
        ("GET", "adoptions?cursor=YWJj", "moderator", 400, "bad-parameter"),
    ],
)
async def test_what_means_nothing_is_refused(
    *, method: str, path: str, role: str | None, status: int, type_: str, caller: Caller
) -> None:
    answer: httpx.Response = await caller.call(method, f"{RULES}/{path}", role=role)
    refused(answer, status, type_)


async def test_an_unknown_rule_is_told_which_there_are(caller: Caller) -> None:
    answer = await caller.call("POST", f"{RULES}/2031-01/adopt", role="admin")
    assert f"only {OLD}, {NEW}" in refused(answer, 404, "unknown-rule")["detail"]
