"""Random orders through the real API, replays and killed workers in between, against a dozen lines of Python.

Every score, every score as of every position in both kinds of past, and every preview has to be what the
oracle makes of the log.
"""

import asyncio
import time
from collections.abc import Generator
from typing import Any, ClassVar

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from events.codec import Event
from events.ids import tool_subject
from tests.support.folds import whole_log
from tests.support.oracle import Counts, count
from tests.support.service import PANELIST, REVIEW, TOOL, Service, fresh
from tests.support.up import RunningUp, running_up, temporary_home, wait_until

BATCHES = "/v1/moderation/batches"
VOTERS = ("ann", "ben", "cid")
LENSES = ("builder", "skeptic")
EXAMPLES_MAX = 12
STEPS_MAX = 25
LOOKS_MAX, LOOK_S = 600, 0.1
REASONS = ("spam", "fraud", "mistake")
TYPES = ("VoteCast", "VoteWithdrawn", "ReviewSubmitted", "ReviewRevised", "ReviewWithdrawn")


@pytest.fixture(scope="module")
def up() -> Generator[RunningUp]:
    """Run the service with two API processes."""
    with temporary_home() as home, running_up(home, "--processes", "2") as up:
        yield up
        assert "a request met a defect" not in up.errors.read_text()


class Moderated(RuleBasedStateMachine):
    """Two tools, three voters and two panelists of one example's own."""

    up: ClassVar[RunningUp]
    service: ClassVar[Service]
    batches = Bundle("batches")

    @initialize()
    def begin(self) -> None:
        """List the tools, seat the panelists."""
        self.own = fresh("x")
        self.client = self.service_client()
        self.tools = [f"{self.own}-hammer", f"{self.own}-nail"]
        for tool in self.tools:
            self.send("PUT", f"/v1/tools/{tool}", role="admin", json={**TOOL, "category": self.own})
        for lens in LENSES:
            entry = {**PANELIST, "lens": lens}
            self.send("PUT", f"/v1/panelists/{self.own}-{lens}", role="admin", json=entry)

    @classmethod
    def service_client(cls) -> httpx.Client:
        """Build a client of the service."""
        return httpx.Client(base_url=cls.service.url, timeout=60.0, trust_env=False)

    def teardown(self) -> None:
        """Close the client."""
        self.client.close()

    def send(self, method: str, path: str, *, role: str, subject: str = "sam", **more: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
        """Call the API as somebody; it has to succeed."""
        headers = {**self.service.bearing(role, subject), **more.pop("headers", {})}
        answer = self.client.request(method, path, headers=headers, **more)
        assert answer.is_success, answer.text
        return answer.json()

    def log(self) -> list[Event]:
        """Read the whole log behind the service."""

        async def read() -> list[Event]:
            connection = await asyncpg.connect(self.service.database_url)
            try:
                return await whole_log(connection)
            finally:
                await connection.close()

        return asyncio.run(read())

    def mine(self) -> list[Event]:
        """Return the votes, reviews and rulings about this example's tools."""
        subjects = {tool_subject(tool) for tool in self.tools}
        return [event for event in self.log() if event.subject_id in subjects]

    def score(self, tool: str, **asked: str | int) -> dict[str, Any]:
        """Read a score."""
        answer = self.client.get(f"/v1/tools/{tool}/score", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    @rule(
        voter=st.sampled_from(VOTERS),
        tool=st.integers(0, 1),
        choice=st.sampled_from(("ship", "skip", None)),
    )
    def vote(self, voter: str, tool: int, choice: str | None) -> None:
        """Cast or withdraw a vote."""
        path, subject = f"/v1/tools/{self.tools[tool]}/vote", f"{self.own}-{voter}"
        if choice is None:
            self.send("DELETE", path, role="voter", subject=subject)
        else:
            self.send("PUT", path, role="voter", subject=subject, json={"choice": choice})

    @rule(
        lens=st.sampled_from(LENSES),
        tool=st.integers(0, 1),
        verdict=st.sampled_from(("ship", "skip", None)),
    )
    def review(self, lens: str, tool: int, verdict: str | None) -> None:
        """Write or withdraw a review."""
        path = f"/v1/tools/{self.tools[tool]}/reviews/{self.own}-{lens}"
        if verdict is None:
            self.send("DELETE", path, role="admin")
        else:
            self.send("PUT", path, role="admin", json={**REVIEW, "verdict": verdict})

    @rule(
        target=batches,
        data=st.data(),
        action=st.sampled_from(("retract", "retract", "reinstate")),
        reason=st.sampled_from(REASONS),
        prefer=st.sampled_from(("wait=60", "respond-async, wait=60")),
    )
    def rule_on(self, data: st.DataObject, action: str, reason: str, prefer: str) -> Any:  # noqa: ANN401 - JSON
        """Preview a batch, give it, and find that it did what the preview said."""
        order = {"action": action, "select": self.draw_selection(data), "reason": reason}
        return self.give(BATCHES, order, prefer)

    @rule(
        target=batches,
        batch=consumes(batches),
        prefer=st.sampled_from(("wait=60", "respond-async, wait=60")),
    )
    def revert(self, batch: dict[str, Any], prefer: str) -> Any:  # noqa: ANN401 - JSON
        """Preview the revert of a batch, give it, and find that it did what the preview said."""
        return self.give(f"{BATCHES}/{batch['id']}/revert", {}, prefer)

    def draw_selection(self, data: st.DataObject) -> dict[str, Any]:
        """Draw positions, or properties that events of this example have."""
        places = [event.position for event in self.mine()]
        if data.draw(st.booleans()):
            return {"positions": data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=5))}
        asked: dict[str, Any] = {"tool": data.draw(st.sampled_from(self.tools))}
        if data.draw(st.booleans()):
            asked["type"] = data.draw(st.sampled_from(TYPES))
        if data.draw(st.booleans()):
            asked["after_position"] = data.draw(st.sampled_from(places))
        if data.draw(st.booleans()):
            asked["before_position"] = data.draw(st.sampled_from(places))
        return asked

    def give(self, path: str, order: dict[str, Any], prefer: str) -> Any:  # noqa: ANN401 - JSON
        """Preview and give a batch."""
        head = self.log()[-1].position
        for tool in self.tools:
            self.score(tool, after=head)
        preview = self.send("POST", path, role="moderator", json={**order, "dry_run": True})
        before = {tool: self.score(tool) for tool in self.tools}
        assert self.log()[-1].position == head
        batch = self.send("POST", path, role="moderator", json=order, headers={"Prefer": prefer})
        assert batch["state"] == "done"
        assert preview["matched"] == batch["matched"]
        head = self.log()[-1].position
        effects = {effect["tool"]: effect for effect in preview["effects"]}
        for tool in self.tools:
            after = self.score(tool, after=head)
            told = effects.get(tool, {"before": before[tool], "after": before[tool]})
            assert said(told["before"]) == said(before[tool])
            assert said(told["after"]) == said(after)
        return batch

    @rule(models=st.sampled_from((None, ["community"], ["reviews"], ["catalogue"])), kill=st.booleans())
    def replay(self, models: list[str] | None, *, kill: bool) -> None:
        """Rebuild read models and swap them in, whether a worker dies meanwhile or not; nothing differs."""
        asked = self.send("POST", "/v1/replays", role="moderator", json={"models": models})
        if kill:
            self.kill_a_worker()
        replay = self.ended(asked["id"])
        assert (replay["state"], replay["difference"]["count"]) == ("done", 0)

    def ended(self, replay: str) -> dict[str, Any]:
        """Wait for a replay to end."""
        for _ in range(LOOKS_MAX):
            found = self.send("GET", f"/v1/replays/{replay}", role="moderator")
            if found["state"] != "running":
                return found
            time.sleep(LOOK_S)
        raise TimeoutError(replay)

    @rule()
    def kill_a_worker(self) -> None:
        """Kill the worker; the supervisor starts another."""
        assert wait_until(lambda: self.up.finds("workers"))
        self.up.part("workers").kill()

    @invariant()
    def every_score_is_exact_now_and_then(self) -> None:
        """Hold scores against the oracle: now, and at every position that mattered, in both kinds of past."""
        if not hasattr(self, "tools"):
            return
        events, head = self.mine(), self.log()[-1].position
        for tool in self.tools:
            subject = tool_subject(tool)
            assert said(self.score(tool, after=head)) == count(events, subject, at=head, known=head)
            for at in sorted({event.position - step for event in events[-6:] for step in (0, 1)}):
                published = count(events, subject, at=at, known=at)
                corrected = count(events, subject, at=at, known=head)
                assert said(self.score(tool, as_of=at)) == published
                assert said(self.score(tool, as_of=at, corrected="true")) == corrected


def said(score: dict[str, Any]) -> Counts:
    """Return a score document's counts as the oracle has them."""
    panel, community, excluded = score["panel"], score["community"], score["excluded"]
    assert excluded["votes"] == sum(excluded["by_reason"].values())
    return panel["ship"], panel["skip"], community["ship"], community["skip"], excluded["by_reason"]


def test_scores_pasts_and_previews_are_the_oracles(up: RunningUp) -> None:
    Moderated.up, Moderated.service = up, Service(up.url, up.errors.parent)
    run_state_machine_as_test(
        Moderated,
        settings=settings(
            max_examples=EXAMPLES_MAX,
            stateful_step_count=STEPS_MAX,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
