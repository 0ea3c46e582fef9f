"""One example's own tools, voters and panelists in a running service, seen over HTTP and in the log."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx

from events.codec import Event
from events.facts import TIE
from events.ids import SubjectId, matchup_subject, tool_subject
from tests.support.json_reader import JsonReader
from tests.support.log_reader import LogReader
from tests.support.oracle import count, count_preferences
from tests.support.service import PANELIST, TIMEOUT_S, TOOL, Service, fresh

LENSES: Final = ("builder", "skeptic")
CONTEXTS: Final = ("overall", "code-review")

Numbers = tuple[int | dict[str, int], ...]
"""Panel ship and skip, community ship and skip; or wins of left and right, and ties; and what is excluded."""

Told = dict[str, Numbers]
"""Documents about each tool, by slug, and about the matchup of both, by context."""


class Corner:
    """Two tools in alphabetical order, and two panelists."""

    def __init__(self, service: Service, log: LogReader) -> None:
        self.own = fresh("x")
        self.tools = (f"{self.own}-hammer", f"{self.own}-nail")
        self.events: Sequence[Event] = ()
        """The tools' entries, what was said of the tools and ruled on it, when the log was last looked at."""
        self._service = service
        self._log = log
        self._reader = JsonReader(service.url)
        self._client = httpx.Client(base_url=service.url, timeout=TIMEOUT_S, trust_env=False)
        for tool in self.tools:
            self.send("PUT", f"/v1/tools/{tool}", role="admin", json={**TOOL, "category": self.own})
        for lens in LENSES:
            entry = {**PANELIST, "lens": lens}
            self.send("PUT", f"/v1/panelists/{self.own}-{lens}", role="admin", json=entry)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._reader.close()

    def send(self, method: str, path: str, *, role: str, subject: str = "sam", **more: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
        """Call the API as somebody; it has to succeed."""
        headers = {**self._service.bearing(role, subject), **more.pop("headers", {})}
        answer = self._client.request(method, path, headers=headers, **more)
        assert answer.is_success, answer.text
        return answer.json()

    def look(self) -> int:
        """Look at the log; return the position of its last event."""
        log = self._log.events()
        subjects = {*map(tool_subject, self.tools), *self._matchups().values()}
        self.events = [event for event in log if event.subject_id in subjects]
        return log[-1].position

    def counted(self, *, at: int, known: int) -> Told:
        """Count what is said up to `at` by the rulings up to `known`, by the log when last looked at."""
        events = self.events
        told: Told = {tool: count(events, tool_subject(tool), at=at, known=known) for tool in self.tools}
        for context, subject in self._matchups().items():
            winners, excluded = count_preferences(events, subject, at=at, known=known)
            told[context] = (*(winners.get(winner, 0) for winner in (*self.tools, TIE)), excluded)
        return told

    def served(self, *, after: int = 0, **moment: str | int) -> Told:
        """Read what is said now, from a position on; or at a moment."""
        asked = moment or {"after": after}
        told = {tool: _score(self._reader.get(f"/v1/tools/{tool}/score", asked)) for tool in self.tools}
        matchup = self._reader.get(f"/v1/matchups/{'/'.join(self.tools)}", moment)
        assert (matchup["left"], matchup["right"]) == self.tools
        contexts = {each["context"]: _context(each) for each in matchup["contexts"]}
        assert [matchup["left_wins"], matchup["right_wins"], matchup["ties"]] == [
            sum(each[column] for each in matchup["contexts"])
            for column in ("left_wins", "right_wins", "ties")
        ]
        return told | dict.fromkeys(CONTEXTS, _NOTHING) | contexts

    def _matchups(self) -> dict[str, SubjectId]:
        return {context: matchup_subject(*self.tools, context) for context in CONTEXTS}


def effects_of(preview: Mapping[str, Any]) -> dict[str, tuple[Numbers, Numbers]]:
    """Return what a preview says of each tool and matchup that it has: before and after."""
    told = {
        effect["tool"]: (_score(effect["before"]), _score(effect["after"])) for effect in preview["effects"]
    }
    return told | {
        effect["context"]: (_preferences(effect["before"]), _preferences(effect["after"]))
        for effect in preview["matchups"]
    }


_NOTHING: Final[Numbers] = (0, 0, 0, {})


def _score(score: Mapping[str, Any]) -> Numbers:
    panel, community = score["panel"], score["community"]
    return panel["ship"], panel["skip"], community["ship"], community["skip"], _by_reason(score["excluded"])


def _context(context: Mapping[str, Any]) -> Numbers:
    left, right, tie = context["left_wins"], context["right_wins"], context["ties"]
    assert context["votes"] == left + right + tie
    return left, right, tie, _by_reason(context["excluded"])


def _preferences(told: Mapping[str, Any]) -> Numbers:
    return told["left_wins"], told["right_wins"], told["ties"], told["excluded"]


def _by_reason(excluded: Mapping[str, Any]) -> dict[str, int]:
    assert excluded["votes"] == sum(excluded["by_reason"].values())
    return excluded["by_reason"]
