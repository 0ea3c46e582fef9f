"""A whole running service as its clients meet it: tokens, HTTP clients, short ways to common calls."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import asyncpg
import httpx
import jwt

from service.embedded.home import Home

TIMEOUT_S: Final = 60.0
"""Longer than the service ever waits, so that a client gives up on nothing that may still happen."""

KEEPALIVE_S: Final = 2.0
"""Shorter than the server's 5 s, so that no request meets a connection that is just being closed."""

PROBLEM: Final = "urn:ostraka:problem:"

TOOL: Final[dict[str, Any]] = {"name": "Hammer", "category": "hand-tools"}
PANELIST: Final[dict[str, Any]] = {"name": "Dana Okafor", "lens": "builder", "bio": "Ships since 2009."}
REVIEW: Final[dict[str, Any]] = {"verdict": "ship", "headline": "Boring", "body": "It was in by noon."}


class Service:
    """The service's address, and the secret that lets tests sign tokens."""

    def __init__(self, url: str, home: Path) -> None:
        self.url = url
        self.home = Home(home)
        self.secret = self.home.secret()

    def token(self, role: str, subject: str = "somebody", /, **claims: object) -> str:
        """Sign a token as `ostraka token` does; further claims replace the usual ones."""
        now = datetime.now(UTC)
        usual = {"sub": subject, "role": role, "iat": now, "exp": now + timedelta(hours=1)}
        return jwt.encode({**usual, **claims}, self.secret, algorithm="HS256")

    def bearing(self, role: str, subject: str = "somebody") -> dict[str, str]:
        """Make the header that says who is asking."""
        return {"Authorization": f"Bearer {self.token(role, subject)}"}

    @property
    def database_url(self) -> str:
        """The database's URL for its owner."""
        state = self.home.read_state()
        assert state is not None
        return state.database_url

    @property
    def redis_url(self) -> str:
        """The address of Valkey."""
        state = self.home.read_state()
        assert state is not None
        return state.redis_url

    @asynccontextmanager
    async def owner(self) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
        """Connect as the database's owner, to look behind the service."""
        connection = await asyncpg.connect(self.database_url)
        try:
            yield connection
        finally:
            await connection.close()

    def client(self, *, connections_max: int = 100) -> httpx.AsyncClient:
        """Build an HTTP client of this service."""
        limits = httpx.Limits(
            max_connections=connections_max,
            max_keepalive_connections=connections_max,
            keepalive_expiry=KEEPALIVE_S,
        )
        return httpx.AsyncClient(base_url=self.url, timeout=TIMEOUT_S, limits=limits, trust_env=False)


class Caller:
    """The short ways to call a service over one client."""

    def __init__(self, service: Service, client: httpx.AsyncClient) -> None:
        self.service = service
        self.client = client

    async def call(
        self,
        method: str,
        path: str,
        *,
        role: str | None = None,
        subject: str = "somebody",
        **more: Any,  # noqa: ANN401 - handed through to httpx
    ) -> httpx.Response:
        """Send a request, as somebody of that role or as nobody."""
        headers = dict(more.pop("headers", {}))
        if role is not None:
            headers |= self.service.bearing(role, subject)
        return await self.client.request(method, path, headers=headers, **more)

    async def list_tool(self, slug: str, **fields: object) -> int:
        """List a tool; return the position that it came to."""
        return position_of(await self.call("PUT", f"/v1/tools/{slug}", role="admin", json={**TOOL, **fields}))

    async def seat(self, slug: str, **fields: object) -> int:
        """Seat a panelist; return the position."""
        return position_of(
            await self.call("PUT", f"/v1/panelists/{slug}", role="admin", json={**PANELIST, **fields})
        )

    async def vote(self, tool: str, voter: str, choice: str | None) -> dict[str, Any]:
        """Cast or (None) withdraw a vote; return the answer."""
        path = f"/v1/tools/{tool}/vote"
        if choice is None:
            return done(await self.call("DELETE", path, role="voter", subject=voter))
        return done(await self.call("PUT", path, role="voter", subject=voter, json={"choice": choice}))

    async def prefer(
        self, a: str, b: str, voter: str, winner: str | None, context: str = "overall"
    ) -> dict[str, Any]:
        """Cast or (None) withdraw a preference; return the answer."""
        path = f"/v1/matchups/{a}/{b}/vote"
        asked: dict[str, Any] = {"role": "voter", "subject": voter}
        if winner is None:
            return done(await self.call("DELETE", path, params={"context": context}, **asked))
        body = {"winner": winner, "context": context}
        return done(await self.call("PUT", path, json=body, **asked))

    async def matchup(self, a: str, b: str, **asked: object) -> dict[str, Any]:
        """Read a matchup, by `after` at that position or later."""
        if "after" in asked:
            await self.score(a, after=int(str(asked.pop("after"))))
        return done(await self.call("GET", f"/v1/matchups/{a}/{b}", params=asked))

    async def score(self, tool: str, *, after: int = 0) -> dict[str, Any]:
        """Read a tool's score at `after` or later."""
        return done(await self.client.get(f"/v1/tools/{tool}/score", params={"after": after}))

    async def batch(self, body: bytes, **more: Any) -> httpx.Response:  # noqa: ANN401 - handed through
        """Post votes in bulk."""
        return await self.call("POST", "/v1/votes", role="service", content=body, **more)


def fresh(word: str = "tool") -> str:
    """Make a slug that no other test uses."""
    return f"{word}-{uuid4().hex[:12]}"


def done(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON of an answer that has to be a success."""
    assert response.status_code == 200, f"{response.status_code} {response.text[:500]}"
    assert response.headers["content-type"] == "application/json"
    return response.json()


def position_of(response: httpx.Response) -> int:
    """Return the position of an answer to a write."""
    return done(response)["position"]


def refused(response: httpx.Response, status: int, type_: str) -> dict[str, Any]:
    """Check that an answer is a well-formed problem of that status and type, and return it."""
    assert response.status_code == status, f"{response.status_code} {response.text[:500]}"
    assert response.headers["content-type"] == "application/problem+json"
    return well_formed(response.json(), status, type_)


def well_formed(problem: dict[str, Any], status: int, type_: str) -> dict[str, Any]:
    """Check that a document is a problem of that status and type, and return it."""
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["type"] == PROBLEM + type_
    assert re.fullmatch(r"urn:ostraka:problem:[a-z]+(-[a-z]+)*", problem["type"])
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem
