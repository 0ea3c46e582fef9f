"""Random orders through the real API, replays and killed workers in between, against a dozen lines of Python.

Every score and matchup, each as of every position in both kinds of past, and every preview has to be what the
oracle makes of the log.
"""

import time
from collections.abc import Generator
from typing import Any, ClassVar

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

from events.facts import PreferenceFact, VoteCast, VoteWithdrawn
from events.moderation.selection import MODERATED_TYPES
from tests.support.corner import CONTEXTS, LENSES, Corner, effects_of
from tests.support.examples import tried_with
from tests.support.log_reader import LogReader
from tests.support.service import REVIEW, Service
from tests.support.up import RunningUp, running_up, temporary_home, wait_until

BATCHES = "/v1/moderation/batches"
VOTERS = ("ann", "ben", "cid")
EXAMPLES_MAX = 12
STEPS_MAX = 25
ORDERS_MAX = 5
LAST_MAX = 6
LOOKS_MAX, LOOK_S = 600, 0.1
REASONS = ("spam", "fraud", "mistake")

voters, tools = st.sampled_from(VOTERS), st.integers(0, 1)
votes = st.tuples(voters, tools, st.sampled_from(("ship", "skip", None)))
preferences = st.tuples(
    voters, st.sampled_from((0, 1, "tie", None)), st.sampled_from(CONTEXTS), st.booleans()
)
preferences_to_wait = st.sampled_from(("wait=60", "respond-async, wait=60"))


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
    log: ClassVar[LogReader]
    batches = Bundle("batches")

    @initialize()
    def begin(self) -> None:
        """List the tools, seat the panelists."""
        self.corner = Corner(self.service, self.log)

    def teardown(self) -> None:
        """Close the client."""
        if hasattr(self, "corner"):
            self.corner.close()

    @rule(several=st.lists(votes, min_size=1, max_size=ORDERS_MAX))
    def vote(self, several: list[tuple[str, int, str | None]]) -> None:
        """Cast and withdraw votes."""
        for voter, tool, choice in several:
            path = f"/v1/tools/{self.corner.tools[tool]}/vote"
            self.say(path, voter, None if choice is None else {"choice": choice})

    @rule(several=st.lists(preferences, min_size=1, max_size=ORDERS_MAX))
    def prefer(self, several: list[tuple[str, int | str | None, str, bool]]) -> None:
        """Cast and withdraw preferences, by either address."""
        tools = self.corner.tools
        for voter, winner, context, turned in several:
            path = f"/v1/matchups/{'/'.join(tools[::-1] if turned else tools)}/vote"
            if winner is None:
                self.say(f"{path}?context={context}", voter, None)
            else:
                named = winner if isinstance(winner, str) else tools[winner]
                self.say(path, voter, {"winner": named, "context": context})

    def say(self, path: str, voter: str, body: dict[str, str] | None) -> None:
        """Say something as a voter, or take it back."""
        method, more = ("DELETE", {}) if body is None else ("PUT", {"json": body})
        self.corner.send(method, path, role="voter", subject=f"{self.corner.own}-{voter}", **more)

    @rule(lens=st.sampled_from(LENSES), tool=tools, verdict=st.sampled_from(("ship", "skip", None)))
    def review(self, lens: str, tool: int, verdict: str | None) -> None:
        """Write or withdraw a review."""
        path = f"/v1/tools/{self.corner.tools[tool]}/reviews/{self.corner.own}-{lens}"
        if verdict is None:
            self.corner.send("DELETE", path, role="admin")
        else:
            self.corner.send("PUT", path, role="admin", json={**REVIEW, "verdict": verdict})

    @rule(
        target=batches,
        data=st.data(),
        action=st.sampled_from(("retract", "retract", "reinstate")),
        reason=st.sampled_from(REASONS),
        prefer=preferences_to_wait,
    )
    def rule_on(self, data: st.DataObject, action: str, reason: str, prefer: str) -> Any:  # noqa: ANN401 - JSON
        """Preview a batch, give it, and find that it did what the preview said."""
        order = {"action": action, "select": self.draw_selection(data), "reason": reason}
        return self.give(BATCHES, order, prefer)

    @rule(target=batches, batch=consumes(batches), prefer=preferences_to_wait)
    def revert(self, batch: dict[str, Any], prefer: str) -> Any:  # noqa: ANN401 - JSON
        """Preview the revert of a batch, give it, and find that it did what the preview said."""
        return self.give(f"{BATCHES}/{batch['id']}/revert", {}, prefer)

    def draw_selection(self, data: st.DataObject) -> dict[str, Any]:
        """Draw positions, or properties that events of this example have."""
        self.corner.look()
        events = self.corner.events
        places = st.sampled_from([event.position for event in events])
        if data.draw(st.booleans()):
            return {"positions": data.draw(st.lists(places, min_size=1, max_size=5))}
        voted = [
            str(event.actor_id)
            for event in events
            if isinstance(event.fact, VoteCast | VoteWithdrawn | PreferenceFact)
        ]
        asked: dict[str, Any] = {"tool": data.draw(st.sampled_from(self.corner.tools))}
        if voted and data.draw(st.booleans()):
            asked["voter"] = data.draw(st.sampled_from(voted))
            if data.draw(st.booleans()):
                del asked["tool"]
        if data.draw(st.booleans()):
            asked["type"] = data.draw(st.sampled_from(MODERATED_TYPES))
        if data.draw(st.booleans()):
            asked["after_position"] = data.draw(places)
        if data.draw(st.booleans()):
            asked["before_position"] = data.draw(places)
        return asked

    def give(self, path: str, order: dict[str, Any], prefer: str) -> Any:  # noqa: ANN401 - JSON
        """Preview and give a batch."""
        corner = self.corner
        head = corner.look()
        preview = corner.send("POST", path, role="moderator", json={**order, "dry_run": True})
        assert corner.look() == head
        batch = corner.send("POST", path, role="moderator", json=order, headers={"Prefer": prefer})
        assert batch["state"] == "done"
        assert preview["matched"] == batch["matched"]
        then = corner.look()
        before, after = (corner.counted(at=at, known=at) for at in (head, then))
        told = effects_of(preview)
        for about in before:
            assert told.get(about, (before[about], after[about])) == (before[about], after[about])
            assert about in told or before[about] == after[about]
        return batch

    @rule(models=st.sampled_from((None, ["community"], ["reviews"], ["catalogue"])), kill=st.booleans())
    def replay(self, models: list[str] | None, *, kill: bool) -> None:
        """Rebuild read models and swap them in, whether a worker dies meanwhile or not; nothing differs."""
        asked = self.corner.send("POST", "/v1/replays", role="moderator", json={"models": models})
        if kill:
            self.kill_a_worker()
        replay = self.ended(asked["id"])
        assert (replay["state"], replay["difference"]["count"]) == ("done", 0)

    def ended(self, replay: str) -> dict[str, Any]:
        """Wait for a replay to end."""
        for _ in range(LOOKS_MAX):
            found = self.corner.send("GET", f"/v1/replays/{replay}", role="moderator")
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
    def everything_is_exact_now_and_then(self) -> None:
        """Hold what is served against the oracle: now, and around the last events, in both kinds of past."""
        if not hasattr(self, "corner"):
            return
        corner, head = self.corner, self.corner.look()
        assert corner.served(after=head) == corner.counted(at=head, known=head)
        last = [event.position for event in corner.events[-LAST_MAX:]]
        for at in sorted({position - step for position in last for step in (0, 1)}):
            assert corner.served(as_of=at) == corner.counted(at=at, known=at)
            assert corner.served(as_of=at, corrected="true") == corner.counted(at=at, known=head)


def test_scores_matchups_pasts_and_previews_are_the_oracles(up: RunningUp) -> None:
    Moderated.up, Moderated.service = up, Service(up.url, up.errors.parent)
    with LogReader(Moderated.service.database_url) as Moderated.log:
        run_state_machine_as_test(
            Moderated,
            settings=settings(
                tried_with(EXAMPLES_MAX),
                stateful_step_count=min(STEPS_MAX, settings().stateful_step_count),
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
