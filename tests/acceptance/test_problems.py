"""Every refusal is a problem document; no garbage brings the service to a 5xx."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support.service import Caller, Service, done, fresh, refused

BODY_BYTES_MAX = 256 * 1024


async def put_vote(caller: Caller, content: object, **headers: str) -> httpx.Response:
    """Vote on a tool of one's own with any body."""
    tool = fresh()
    await caller.list_tool(tool)
    path = f"/v1/tools/{tool}/vote"
    return await caller.call("PUT", path, role="voter", content=content, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"ship",
        b"null",
        b"[]",
        b'"ship"',
        b"{}",
        b"{",
        b'{"choice":"ship"} trailing',
        b"{'choice':'ship'}",
        b'{"choice":null}',
        b'{"choice":1}',
        b'{"choice":["ship"]}',
        b'{"choice":"SHIP"}',
        b'{"choice":"ship","colour":"red"}',
        b'{"choice":"ship\\u0000"}',
        b'{"choice":"\\ud800"}',
        b'{"choice":"\xff"}',
        b'{"\xff":"ship"}',
        b'{"choice":"\xed\xa0\x80"}',
        '{"choice":"ship"}'.encode("utf-16"),
        b'{"choice":' + b"9" * 5_000 + b"}",
        b'{"choice":1e999999}',
        b'{"choice":-0}',
        b'{"choice":NaN}',
        b"[" * 200_000,
        b'{"choice":' * 20_000,
        b'{"choice":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"\0" * 100,
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_body_that_is_no_vote_is_refused(caller: Caller, body: bytes) -> None:
    refused(await put_vote(caller, body), 400, "bad-body")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
async def test_a_body_counts_whatever_its_content_type_says(caller: Caller, content_type: str) -> None:
    answer = await put_vote(caller, b'{"choice":"ship"}', **{"Content-Type": content_type})
    assert done(answer)["changed"] is True


async def test_text_that_postgres_cannot_keep_is_refused(caller: Caller) -> None:
    for text in (b"\\u0000", b"\\udfff", b"\xed\xa0\x80"):
        body = b'{"name":"' + text + b'","category":"x"}'
        answer = await caller.call("PUT", f"/v1/tools/{fresh()}", role="admin", content=body)
        refused(answer, 400, "bad-body")


async def test_a_body_may_have_so_many_bytes_and_no_more(caller: Caller) -> None:
    vote = b'{"choice":"ship"}'
    done(await put_vote(caller, vote.ljust(BODY_BYTES_MAX)))
    refused(await put_vote(caller, vote.ljust(BODY_BYTES_MAX + 1)), 413, "body-too-large")


async def test_a_body_too_large_is_refused_even_if_its_length_was_not_announced(caller: Caller) -> None:
    async def endless() -> AsyncGenerator[bytes]:
        for _ in range(2 * BODY_BYTES_MAX // 1024):
            yield b" " * 1024

    refused(await put_vote(caller, endless()), 413, "body-too-large")


@pytest.mark.parametrize(
    "slug",
    [
        "Upper",
        "x" * 81,
        "trailing-",
        "-leading",
        "under_score",
        "newline%0A",
        "null%00",
        "%ff",
        "%20",
        "ü",
        "dot.dot",
        "%E2%80%AE",
        "a%3Fb",
        "a;b",
        "a'b",
    ],
)
async def test_what_is_no_slug_is_refused(caller: Caller, slug: str) -> None:
    vote: dict[str, Any] = {"role": "voter", "json": {"choice": "ship"}}
    refused(await caller.call("GET", f"/v1/tools/{slug}/score"), 400, "bad-parameter")
    refused(await caller.call("GET", f"/v1/tools/{slug}"), 400, "bad-parameter")
    refused(await caller.call("PUT", f"/v1/tools/{slug}/vote", **vote), 400, "bad-parameter")
    refused(await caller.call("DELETE", f"/v1/panelists/{slug}", role="admin"), 400, "bad-parameter")


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/v1", "/v1/nothing", "/v1/tools/a%2Fb/score", "/v1/tools/..%2f..%2fetc/score", "/%00"],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
async def test_an_address_where_there_is_nothing_is_refused(caller: Caller, method: str, path: str) -> None:
    refused(await caller.call(method, path, role="admin"), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/tools/{tool}", {"GET", "PUT", "DELETE"}),
        ("PATCH", "/v1/tools/{tool}/vote", {"GET", "PUT", "DELETE"}),
        ("GET", "/v1/votes", {"POST"}),
        ("TRACE", "/v1/tools", {"GET"}),
        ("DELETE", "/v1/tools/{tool}/score", {"GET"}),
        ("PUT", "/health/live", {"GET"}),
    ],
)
async def test_a_method_that_is_not_for_an_address_is_refused_with_those_that_are(
    caller: Caller, method: str, path: str, allowed: set[str]
) -> None:
    answer = await caller.call(method, path.format(tool=fresh()), role="admin")
    refused(answer, 405, "method-not-allowed")
    assert {name.strip() for name in answer.headers["allow"].split(",")} >= allowed


async def test_head_is_get_without_the_body(caller: Caller) -> None:
    tool = fresh()
    await caller.score(tool, after=await caller.list_tool(tool))
    for path in (f"/v1/tools/{tool}", f"/v1/tools/{tool}/reviews", "/health/live", "/schema"):
        get, head = await caller.call("GET", path), await caller.call("HEAD", path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "content-length", "etag"):
            assert head.headers.get(name) == get.headers.get(name)
    assert (await caller.call("HEAD", f"/v1/tools/{fresh()}")).status_code == 404
    assert (await caller.call("HEAD", "/v1/votes")).status_code == 405


async def test_options_needs_no_token_and_names_methods(caller: Caller) -> None:
    for path, method in (("/v1/votes", "POST"), ("/v1/tools", "GET"), ("/v1/tools/x/vote", "PUT")):
        answer = await caller.call("OPTIONS", path)
        assert answer.status_code == 204
        assert method in answer.headers["allow"]


@pytest.mark.parametrize("key", ["", " ", "x" * 256])
async def test_an_idempotency_key_that_is_empty_or_too_long_is_refused(caller: Caller, key: str) -> None:
    answer = await put_vote(caller, b'{"choice":"ship"}', **{"Idempotency-Key": key.strip()})
    refused(answer, 400, "bad-parameter")


@pytest.mark.parametrize("key", ["x" * 255, "a b", "'; --", "\u00e4\u00ff"])
async def test_an_idempotency_key_may_be_any_text(caller: Caller, key: str) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    answer = await caller.call(
        "PUT",
        f"/v1/tools/{tool}/vote",
        role="voter",
        subject=fresh("ann"),
        json={"choice": "ship"},
        headers={"Idempotency-Key": key.encode("latin-1")},
    )
    assert done(answer)["changed"] is True


async def test_a_write_refuses_a_query_parameter(caller: Caller) -> None:
    tool = fresh()
    await caller.list_tool(tool)
    path = f"/v1/tools/{tool}/vote?choice=ship"
    vote = await caller.call("PUT", path, role="voter", json={"choice": "ship"})
    refused(vote, 400, "bad-parameter")
    refused(await caller.batch(b"", params={"tool": tool}), 400, "bad-parameter")


async def test_a_client_that_leaves_in_the_middle_of_its_body_does_no_harm(
    service: Service, caller: Caller
) -> None:
    tool, voter = fresh(), fresh("ann")
    await caller.list_tool(tool)
    address = urlsplit(service.url)
    head = (
        f"PUT /v1/tools/{tool}/vote HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n"
        f"Authorization: Bearer {service.token('voter', voter)}\r\n\r\n"
    )
    for _ in range(20):
        _, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(head.encode() + b'{"choice":"ship"}')
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    own = await caller.call("GET", f"/v1/tools/{tool}/vote", role="voter", subject=voter)
    assert done(own)["choice"] is None


async def test_a_batch_cut_short_casts_none_of_its_votes(service: Service, caller: Caller) -> None:
    tool, address = fresh(), urlsplit(service.url)
    await caller.list_tool(tool)
    head = (
        "POST /v1/votes HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n"
        f"Authorization: Bearer {service.token('service')}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(head.encode() + b'{"tool":"%s","voter":"ann","choice":"ship"}\n' % tool.encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    position = (await caller.vote(tool, fresh("bob"), "skip"))["position"]
    assert (await caller.score(tool, after=position))["community"]["ship"] == 0


async def test_bytes_that_are_no_http_are_refused(service: Service, caller: Caller) -> None:
    address = urlsplit(service.url)
    for garbage in (
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET\r\n\r\n",
        b"PUT / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(garbage)
        writer.write_eof()
        assert (await reader.read()).startswith((b"HTTP/1.1 400", b""))
        writer.close()
        await writer.wait_closed()
    assert (await caller.call("GET", "/health/live")).status_code == 200
