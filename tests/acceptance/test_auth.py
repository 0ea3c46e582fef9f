"""Tokens, good and bad, and what each role may do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest

from service.http.tokens import LEEWAY_S
from tests.support.service import PANELIST, REVIEW, TOOL, Caller, Service, done, fresh, refused
from tests.support.up import ostraka

OTHER_SECRET = "not the secret of this service, but long enough"  # noqa: S105
ROLES = ("voter", "panelist", "service", "moderator", "admin")


async def vote_with(caller: Caller, authorization: str | None) -> httpx.Response:
    """Vote on a tool of one's own under an Authorization header."""
    tool = fresh()
    await caller.list_tool(tool)
    headers = {} if authorization is None else {"Authorization": authorization}
    return await caller.client.put(f"/v1/tools/{tool}/vote", json={"choice": "ship"}, headers=headers)


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Basic YTpi", "Bearer x", "Bearer a.b.c", "Bearer ..", "Bearer \u00ff", "token"],
)
async def test_without_a_token_of_ours_nobody_writes(caller: Caller, authorization: str | None) -> None:
    header = authorization.encode("latin-1") if authorization is not None else None
    answer = await vote_with(caller, header)  # pyright: ignore[reportArgumentType]
    refused(answer, 401, "not-signed-in")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_scheme_may_be_written_in_any_case(service: Service, caller: Caller) -> None:
    done(await vote_with(caller, f"bEARER {service.token('voter')}"))


async def test_an_expired_token_is_refused_by_name(service: Service, caller: Caller) -> None:
    expired = service.token("voter", exp=datetime.now(UTC) - timedelta(seconds=LEEWAY_S + 1))
    refused(await vote_with(caller, f"Bearer {expired}"), 401, "token-expired")


@pytest.mark.parametrize("claim", ["exp", "iat", "nbf"])
async def test_clocks_may_be_half_a_minute_apart(service: Service, caller: Caller, claim: str) -> None:
    away = timedelta(seconds=LEEWAY_S - 5)
    token = service.token("voter", **{claim: datetime.now(UTC) + (-away if claim == "exp" else away)})
    done(await vote_with(caller, f"Bearer {token}"))


async def test_only_the_role_itself_is_a_role(service: Service, caller: Caller) -> None:
    nested = {"extras": {"role": "moderator"}}
    done(await vote_with(caller, f"Bearer {service.token('voter', 'ann', **nested)}"))
    done(await vote_with(caller, f"Bearer {service.token('voter', 'ann', extras=1)}"))
    token = jwt.encode({"sub": "mo", "exp": 10**10, **nested}, service.secret, algorithm="HS256")
    refused(await vote_with(caller, f"Bearer {token}"), 401, "not-signed-in")


async def test_a_token_that_says_not_when_it_was_made_is_good(service: Service, caller: Caller) -> None:
    token = jwt.encode({"sub": "ann", "role": "voter", "exp": 10**10}, service.secret, algorithm="HS256")
    done(await vote_with(caller, f"Bearer {token}"))


async def test_each_reason_to_refuse_a_token_has_its_own_words(service: Service, caller: Caller) -> None:
    now = datetime.now(UTC)
    good = {"sub": "ann", "role": "voter", "exp": now + timedelta(hours=1)}

    def signed(*, secret: str = service.secret, algorithm: str = "HS256", **claims: object) -> str:
        return jwt.encode({**good, **claims}, secret, algorithm=algorithm)

    words = {
        "a.b": "not a JSON Web Token",
        signed(secret=service.secret + "\n"): "must not keep the newline",
        signed(secret=service.secret * 2, algorithm="HS512"): "not signed with HS256",
        signed(iat=now + timedelta(minutes=2)): "not valid yet",
        signed(nbf=now + timedelta(minutes=2)): "not valid yet",
        signed(role="king"): "$.role",
        signed(exp="tomorrow"): "$.exp",
    }
    for token, said in words.items():
        answer = await vote_with(caller, f"Bearer {token}")
        assert said in refused(answer, 401, "not-signed-in")["detail"], token


@pytest.mark.parametrize(
    "claims",
    [
        {"role": "king"},
        {"role": ""},
        {"role": None},
        {"role": 5},
        {"role": ["admin"]},
        {"role": {"admin": True}},
        {"sub": ""},
        {"sub": "a\0b"},
        {"sub": "\ud800"},
        {"sub": "x" * 201},
        {"exp": 10**30},
        {"exp": 10**15},
        {"exp": "tomorrow"},
        {"nbf": 10**11},
        {"jti": 5},
    ],
    ids=repr,
)
async def test_a_token_with_claims_that_mean_nothing_is_refused(
    service: Service, caller: Caller, claims: dict[str, object]
) -> None:
    token = service.token("voter", "ann", **{name: claims[name] for name in claims})
    refused(await vote_with(caller, f"Bearer {token}"), 401, "not-signed-in")


@pytest.mark.parametrize("missing", ["sub", "role", "exp"])
async def test_a_token_without_a_claim_that_it_needs_is_refused(
    service: Service, caller: Caller, missing: str
) -> None:
    now = datetime.now(UTC)
    claims = {"sub": "ann", "role": "voter", "iat": now, "exp": now + timedelta(hours=1)}
    del claims[missing]
    token = jwt.encode(claims, service.secret, algorithm="HS256")
    refused(await vote_with(caller, f"Bearer {token}"), 401, "not-signed-in")


async def test_a_token_signed_by_nobody_or_by_another_is_refused(service: Service, caller: Caller) -> None:
    claims = jwt.decode(service.token("admin"), options={"verify_signature": False})
    forged = [
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, OTHER_SECRET, algorithm="HS256"),
        jwt.encode(claims, service.secret * 2, algorithm="HS512"),
        service.token("admin").rpartition(".")[0] + ".",
    ]
    for token in forged:
        answer = await caller.client.put(
            f"/v1/tools/{fresh()}", json=TOOL, headers={"Authorization": f"Bearer {token}"}
        )
        refused(answer, 401, "not-signed-in")


async def test_a_token_of_the_command_line_is_good(service: Service, caller: Caller) -> None:
    made = ostraka("token", "--role", "voter", "--subject", "ann", "--home", str(service.home.folder))
    assert made.returncode == 0, made.stderr
    done(await vote_with(caller, f"Bearer {made.stdout.strip()}"))


@pytest.mark.parametrize(
    ("method", "path", "body", "allowed"),
    [
        ("PUT", "/v1/tools/{slug}", TOOL, {"admin"}),
        ("DELETE", "/v1/tools/{slug}", None, {"admin"}),
        ("PUT", "/v1/panelists/{slug}", PANELIST, {"admin"}),
        ("DELETE", "/v1/panelists/{slug}", None, {"admin"}),
        ("PUT", "/v1/tools/{slug}/reviews/{slug}", REVIEW, {"admin", "panelist"}),
        ("DELETE", "/v1/tools/{slug}/reviews/{slug}", None, {"admin", "panelist"}),
        ("PUT", "/v1/tools/{slug}/vote", {"choice": "ship"}, {"voter"}),
        ("DELETE", "/v1/tools/{slug}/vote", None, {"voter"}),
        ("GET", "/v1/tools/{slug}/vote", None, {"voter"}),
        ("POST", "/v1/votes", {"tool": "x", "voter": "ann", "choice": None}, {"service"}),
    ],
)
async def test_each_call_takes_its_roles_and_no_others(
    caller: Caller, method: str, path: str, body: object, allowed: set[str]
) -> None:
    slug = fresh()
    await caller.list_tool(slug)
    await caller.seat(slug)
    address = path.format(slug=slug)
    more: dict[str, Any] = {} if body is None else {"json": body}
    refused(await caller.call(method, address, **more), 401, "not-signed-in")
    for role in ROLES:
        answer = await caller.call(method, address, role=role, subject=slug, **more)
        if role in allowed:
            assert answer.status_code == 200, answer.text
        else:
            refused(answer, 403, "wrong-role")


@pytest.mark.parametrize("path", ["/v1/tools", "/v1/tools/{slug}", "/v1/tools/{slug}/reviews"])
async def test_reading_takes_no_token_and_a_bad_one_does_no_harm(caller: Caller, path: str) -> None:
    slug = fresh()
    await caller.score(slug, after=await caller.list_tool(slug))
    for headers in ({}, {"Authorization": "Bearer x"}):
        done(await caller.call("GET", path.format(slug=slug), headers=headers))


async def test_a_refusal_for_the_role_comes_before_one_for_the_body(caller: Caller) -> None:
    answer = await caller.call("PUT", f"/v1/tools/{fresh()}", role="voter", content=b"no JSON")
    refused(answer, 403, "wrong-role")
