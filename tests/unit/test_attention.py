"""The console's overview asks moderators to look at some things, and leaves the others alone."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from events.ids import Position
from events.moderation.batches import Batch
from projections.checking.rounds import Checks
from projections.lags import Lag, Lags
from projections.rebuilding.replays import Replay
from service.pages.console.attention import RECENT, WAITS_S_MAX, attention
from service.pages.console.background import Work

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATELY: Final = NOW - timedelta(hours=1)
LONG_AGO: Final = NOW - RECENT - timedelta(hours=1)
ID: Final = UUID(int=7)


def lag(waits_s: float) -> Lags:
    """Let a read model wait that long."""
    return Lags(Position(5_000), NOW, [Lag("community", Position(3_766), 1_234, waits_s)])


def replay(state: str, ended_at: datetime | None = None) -> Replay:
    """Make a replay."""
    said: dict[str, Any] = {"state": state, "ended_at": ended_at, "error": "out of space"}
    return msgspec.convert(
        {"id": ID, "models": ["reviews"], "dry_run": True, "position": 1, "head": 1, "moderator": "mo"}
        | {"created_at": LONG_AGO, **said},
        Replay,
    )


def batch(state: str, ended_at: datetime | None) -> Batch:
    """Make a batch of two retractions."""
    return msgspec.convert(
        {"id": ID, "action": "retract", "matched": 2, "applied": 1, "unchanged": 0, "reason": "fraud"}
        | {"note": "", "moderator": "sam", "head": 9, "reached": 3, "created_at": LONG_AGO}
        | {"state": state, "ended_at": ended_at, "error": "event 4 cannot be read"},
        Batch,
    )


def told(**seen: object) -> list[tuple[str, str]]:
    """Return what is said where this is seen, and where it leads."""
    well = Work(
        lags=lag(0.0),
        is_due=True,
        fits=(),
        checks=Checks(),
        aside=0,
        going_on=(),
        replays=(),
        running=(),
        batches=(),
        deeds=(),
    )
    found = attention(replace(well, **seen), NOW)
    return [(each.text, each.link.href if each.link else "") for each in found]


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"lags": lag(WAITS_S_MAX)},
        {"checks": Checks(drift=3, drift_at=LONG_AGO)},
        {"going_on": [replay("running")]},
        {"replays": [replay("failed", LONG_AGO), replay("cancelled", LATELY)]},
        {"batches": [batch("failed", LONG_AGO), batch("done", LATELY)]},
    ],
    ids=["nothing", "a short wait", "drift of long ago", "work", "replays", "batches"],
)
def test_what_goes_well_asks_for_no_attention(seen: dict[str, object]) -> None:
    assert told(**seen) == []


@pytest.mark.parametrize(
    ("seen", "said", "leads_to"),
    [
        ({"aside": 1}, "1 subject is set aside", "/moderation/set-aside"),
        ({"aside": 2}, "2 subjects are set aside", "/moderation/set-aside"),
        ({"lags": lag(240.0)}, "community is 1,234 events behind, the first of them for 4 minutes", ""),
        ({"checks": Checks(drift=1, drift_at=LATELY)}, "differed from the log on 22 Nov 2026, 11:00 UTC", ""),
        ({"going_on": [replay("ready")]}, "A replay of reviews is ready", f"/moderation/replays/{ID}"),
        (
            {"replays": [replay("failed", LATELY)]},
            "A replay of reviews failed: out of space.",
            f"/moderation/replays/{ID}",
        ),
        (
            {"batches": [batch("failed", LATELY)]},
            "Retraction of 2 events for fraud, by sam failed: event 4 cannot be read.",
            f"/moderation/batches/{ID}",
        ),
    ],
    ids=["aside", "several aside", "lag", "drift", "ready", "failed replay", "failed batch"],
)
def test_what_goes_wrong_is_said_and_leads_somewhere(
    seen: dict[str, object], said: str, leads_to: str
) -> None:
    [(text, href)] = told(**seen)
    assert said in text
    assert href == leads_to


def test_the_most_urgent_is_said_first() -> None:
    said = told(going_on=[replay("ready")], lags=lag(60.0), aside=1)
    assert ["set aside" in said[0][0], "behind" in said[1][0], "ready" in said[2][0]] == [True] * 3
