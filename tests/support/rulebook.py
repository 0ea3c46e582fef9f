"""A service of a test module's own: which rule is current is so for all tools, and for all who test."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

from tests.support.service import Caller, Service, done, fresh
from tests.support.up import running_up, temporary_home

OLD: Final = "2026-11"
NEW: Final = "2026-12"
RULES: Final = "/v1/rules"


@contextmanager
def own_service() -> Generator[Service]:
    """Run a service with two API processes."""
    with temporary_home() as home, running_up(home, "--processes", "2") as up:
        yield Service(up.url, home)
        assert "a request met a defect" not in up.errors.read_text()


@asynccontextmanager
async def calling(service: Service) -> AsyncGenerator[Caller]:
    """Call it; the first rule is current before and after."""
    async with service.client() as client:
        caller = Caller(service, client)
        await adopt(caller, OLD)
        yield caller
        await adopt(caller, OLD)


async def adopt(caller: Caller, rule: str) -> int:
    """Adopt a rule; return the position."""
    answer = done(await caller.call("POST", f"{RULES}/{rule}/adopt", role="admin", subject="ada"))
    assert answer.keys() == {"rule", "position", "changed"}
    assert answer["rule"] == rule
    return answer["position"]


async def get(caller: Caller, path: str, role: str | None = None, **asked: object) -> dict[str, Any]:
    return done(await caller.call("GET", path, role=role, params=asked))


async def voted(caller: Caller, *choices: str, category: str = "hand-tools") -> tuple[str, int]:
    """List a tool and vote on it; return its slug and the last vote's position."""
    tool = fresh()
    position = await caller.list_tool(tool, category=category)
    for choice in choices:
        position = (await caller.vote(tool, fresh("voter"), choice))["position"]
    return tool, position
