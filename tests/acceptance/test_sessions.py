"""Signing in to the pages and out again, and what forms from elsewhere meet."""

from datetime import UTC, datetime, timedelta

import httpx
import jwt
import pytest

from service.http.tokens import LEEWAY_S
from tests.support.forms import PAGE, csrf_of, own_origin, sign_in
from tests.support.service import Service


async def test_a_token_of_any_role_makes_a_session(service: Service, client: httpx.AsyncClient) -> None:
    for role in ("voter", "panelist", "service", "moderator", "admin"):
        client.cookies.clear()
        answer = await sign_in(service, client, service.token(role, "Ada <3"), "/search?q=x")
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=x")
        page = await client.get("/")
        assert "Signed in as <strong>Ada &lt;3</strong>" in page.text
        assert ('href="/moderation"' in page.text) == (role in {"moderator", "admin"})


async def test_the_cookie_lasts_as_long_as_the_token_and_no_script_sees_it(
    service: Service, client: httpx.AsyncClient
) -> None:
    token = service.token("voter", exp=datetime.now(UTC) + timedelta(seconds=900))
    cookie = (await sign_in(service, client, token)).headers["set-cookie"]
    content, *attributes = cookie.split("; ")
    assert content == f"ostraka_session={token}"
    lifetime_s = int(attributes[0].removeprefix("Max-Age="))
    assert 0 < lifetime_s <= 900
    assert attributes[1:] == ["Path=/", "HttpOnly", "SameSite=Lax"]


@pytest.mark.parametrize("junk", ["", "x", "a.b.c", "eyJ.eyJ.;", "ä.ö.ü", "a.b.c\nd", "x" * 5_000])
async def test_what_is_no_token_is_refused_in_words(
    service: Service, client: httpx.AsyncClient, junk: str
) -> None:
    answer = await sign_in(service, client, junk)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert 'role="alert"' in answer.text


async def test_letters_that_a_decoder_would_forgive_do_not_reach_a_cookie(
    service: Service, client: httpx.AsyncClient
) -> None:
    answer = await sign_in(service, client, service.token("voter") + ";Domain=x")
    assert answer.status_code == 422


async def test_an_expired_token_is_refused_by_name(service: Service, client: httpx.AsyncClient) -> None:
    expired = service.token("voter", exp=datetime.now(UTC) - timedelta(seconds=LEEWAY_S + 1))
    assert "expired" in (await sign_in(service, client, expired)).text


async def test_the_form_says_why_a_token_is_refused(service: Service, client: httpx.AsyncClient) -> None:
    claims = {"sub": "ann", "role": "voter", "exp": 10**10}
    token = jwt.encode(claims, service.secret + "\n", algorithm="HS256")
    assert "must not keep the newline" in (await sign_in(service, client, token)).text


@pytest.mark.parametrize("content", ["forged", "a.b.c", "", "\u00ff"])
async def test_a_forged_cookie_makes_nobody_of_its_bearer(client: httpx.AsyncClient, content: str) -> None:
    page = await client.get("/", headers=[(b"cookie", b"ostraka_session=" + content.encode("latin-1"))])
    assert page.status_code == 200
    assert "Signed in as" not in page.text
    assert "private" not in page.headers["cache-control"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "/x\r\nSet-Cookie: a=b",
        "/ä",
        "/" + "x" * 3_000,
    ],
)
async def test_signing_in_leads_to_no_other_site(
    service: Service, client: httpx.AsyncClient, elsewhere: str
) -> None:
    answer = await sign_in(service, client, service.token("voter"), elsewhere)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    again = await client.get("/sign-in", params={"next": elsewhere})
    assert (again.status_code, again.headers["location"]) == (303, "/")


async def test_signing_out_makes_the_browser_forget(service: Service, client: httpx.AsyncClient) -> None:
    await sign_in(service, client, service.token("voter", "ada"))
    csrf = csrf_of(await client.get("/"))
    answer = await client.post("/sign-out", data={"csrf": csrf, "next": "/"}, headers=own_origin(service))
    assert answer.status_code == 303
    assert not client.cookies
    assert "Signed in as" not in (await client.get("/")).text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_a_form_from_elsewhere_is_refused_on_a_page(
    service: Service, client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    form = {"csrf": csrf_of(await client.get("/sign-in")), "token": service.token("voter")}
    answer = await client.post("/sign-in", data=form, headers={**PAGE, **headers})
    assert answer.status_code == 403
    assert "This form cannot be taken" in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_form_needs_the_token_of_its_own_session(service: Service, client: httpx.AsyncClient) -> None:
    of_nobody = csrf_of(await client.get("/sign-in"))
    await sign_in(service, client, service.token("voter", "eve"))
    of_eve = csrf_of(await client.get("/"))
    client.cookies.clear()
    await sign_in(service, client, service.token("voter", "ada"))
    own = csrf_of(await client.get("/"))
    for wrong in ("", "x", of_nobody, of_eve, own[:-2], own + own):
        answer = await client.post("/sign-out", data={"csrf": wrong}, headers=own_origin(service))
        assert answer.status_code == 403, wrong
    assert (
        await client.post("/sign-out", headers=own_origin(service), data={"next": "/"})
    ).status_code == 403
    assert (
        await client.post("/sign-out", headers=own_origin(service), json={"csrf": own})
    ).status_code == 400
    assert "Signed in as" in (await client.get("/")).text
    assert (await client.post("/sign-out", data={"csrf": own}, headers=PAGE)).status_code == 303


async def test_a_form_that_is_too_large_is_refused(service: Service, client: httpx.AsyncClient) -> None:
    form = {"csrf": csrf_of(await client.get("/sign-in")), "token": "x" * 20_000}
    assert (await client.post("/sign-in", data=form, headers=own_origin(service))).status_code == 413


async def test_pages_for_somebody_are_kept_by_no_shared_cache(
    service: Service, client: httpx.AsyncClient
) -> None:
    for_all = await client.get("/")
    assert for_all.headers["cache-control"] == "no-cache"
    assert "cookie" in for_all.headers["vary"]
    await sign_in(service, client, service.token("voter", "wilhelmina"))
    for_one = await client.get("/", headers={"If-None-Match": for_all.headers["etag"]})
    assert (for_one.status_code, for_one.headers["cache-control"]) == (200, "private, no-cache")
    assert "cookie" in for_one.headers["vary"]
    client.cookies.clear()
    assert "wilhelmina" not in (await client.get("/")).text
