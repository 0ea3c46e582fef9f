"""The examples that the OpenAPI schema shows."""

from typing import Any, Final

NEXT: Final = "Z3B0LTUtbWluaQ"


WRITTEN: Final = {"position": 120345, "changed": True}
TOOL: Final = {
    "name": "GPT-5 Mini API",
    "vendor": "OpenAI",
    "category": "language-models",
    "tagline": "A small hosted model with tools and vision",
    "description": "Pay by the token; nothing to run yourself.",
    "homepage": "https://example.com/gpt-5-mini",
    "pricing": {"model": "usage", "entry": "$0.25 per million input tokens", "note": None},
}
LISTED_TOOL: Final = {"slug": "gpt-5-mini", **TOOL, "position": 12}
PANELIST: Final = {"name": "Dana Okafor", "lens": "builder", "bio": "Ships developer tools since 2009."}
REVIEW: Final = {
    "verdict": "ship",
    "headline": "The boring choice, in the best sense",
    "body": "It was in production the same afternoon.",
}
LISTED_REVIEW: Final = {
    "panelist": "dana-okafor",
    "name": "Dana Okafor",
    "lens": "builder",
    **REVIEW,
    "recorded_at": "2026-11-22T12:00:00.123456Z",
    "position": 57,
}
SCORE: Final[dict[str, Any]] = {
    "tool": "gpt-5-mini",
    "position": 120345,
    "rule": "2026-11",
    "panel": {"ship": 4, "skip": 0, "share": 1.0},
    "community": {"ship": 812, "skip": 204, "votes": 1016, "share": 0.7992, "interval": [0.7735, 0.8227]},
    "excluded": {"votes": 0, "by_reason": {}},
}
SCORE_EVENTS: Final = (
    "retry: 1500\n\n"
    'id: 120345\ndata: {"tool":"gpt-5-mini","position":120345,"rule":"2026-11",'
    '"panel":{"ship":4,"skip":0,"share":1.0},"community":{"ship":812,"skip":204,"votes":1016,"share":0.7992,'
    '"interval":[0.7735,0.8227]},"excluded":{"votes":0,"by_reason":{}}}\n\n'
    'id: 120346\ndata: {"tool":"gpt-5-mini","position":120346,"rule":"2026-11",'
    '"panel":{"ship":4,"skip":0,"share":1.0},"community":{"ship":813,"skip":204,"votes":1017,"share":0.7994,'
    '"interval":[0.7737,0.8229]},"excluded":{"votes":0,"by_reason":{}}}\n\n'
    'event: ratings\ndata: {"context":"overall","position":120346,"fitted_at":"2026-11-22T12:00:01.5Z"}\n\n'
)
EVENT: Final[dict[str, Any]] = {
    "position": 120345,
    "type": "VoteCast",
    "tool": "gpt-5-mini",
    "voter": "0198c7a0-5a3c-7b1e-9f00-0123456789ab",
    "recorded_at": "2026-11-22T12:00:00.123456Z",
    "data": {"choice": "ship"},
    "standing": "retracted",
}
EVENT_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["position", "type", "recorded_at", "data", "standing"],
    "properties": {
        "position": {"type": "integer"},
        "type": {"type": "string"},
        "tool": {"type": ["string", "null"]},
        "voter": {"type": ["string", "null"], "format": "uuid"},
        "recorded_at": {"type": "string", "format": "date-time"},
        "occurred_at": {"type": "string", "format": "date-time"},
        "data": {"description": "An object; anything at all where there is an `error`."},
        "standing": {"enum": ["counts", "superseded", "retracted"]},
        "error": {"type": "string", "description": "Why this build cannot read the event."},
    },
}
RULING: Final[dict[str, Any]] = {
    "position": 120346,
    "type": "EventRetracted",
    "tool": "gpt-5-mini",
    "voter": None,
    "recorded_at": "2026-11-22T12:05:00.123456Z",
    "data": {
        "target": 120345,
        "batch": "0198c8b1-77aa-7c3d-8e55-0123456789ab",
        "reason": "fraud",
        "note": "Forty accounts, one minute",
    },
    "standing": "counts",
}
ORDER: Final[dict[str, Any]] = {
    "action": "retract",
    "select": {"tool": "gpt-5-mini", "from": "2026-11-22T12:00:00Z", "to": "2026-11-22T12:01:00Z"},
    "reason": "fraud",
    "note": "Forty accounts, one minute",
    "dry_run": False,
}
BATCH: Final[dict[str, Any]] = {
    "id": "0198c8b1-77aa-7c3d-8e55-0123456789ab",
    "action": "retract",
    "state": "done",
    "matched": 40,
    "applied": 37,
    "unchanged": 3,
    "select": ORDER["select"],
    "reverts": None,
    "as_of": None,
    "reason": "fraud",
    "note": "Forty accounts, one minute",
    "moderator": "sam",
    "head": 120346,
    "reached": 120345,
    "created_at": "2026-11-22T12:05:00.120000Z",
    "ended_at": "2026-11-22T12:05:00.150000Z",
    "error": None,
}
BATCH_WITH_EVENTS: Final[dict[str, Any]] = {
    **BATCH,
    "missed": [],
    "events": {
        "items": [{"position": 120345, "outcome": "applied", "ruling": 120346}],
        "next": NEXT,
    },
}
STANDING: Final = {name: SCORE[name] for name in ("panel", "community", "excluded")}
HISTORY: Final[dict[str, Any]] = {
    "tool": "gpt-5-mini",
    "bucket": "day",
    "position": 120345,
    "items": [
        {
            "start": "2026-11-22T00:00:00Z",
            "position": 120345,
            "rule": "2026-11",
            "votes": 41,
            "published": STANDING,
            "corrected": STANDING,
        }
    ],
    "next": NEXT,
}
RULED_CHANGE: Final[dict[str, Any]] = {
    "kind": "moderation",
    "batch": BATCH["id"],
    "action": "retract",
    "reason": "fraud",
    "events": 37,
    "first_position": 120346,
    "last_position": 120382,
    "recorded_at": "2026-11-22T12:05:00.123456Z",
    "before": SCORE,
    "after": SCORE,
}
BURST: Final[dict[str, Any]] = {
    "kind": "votes",
    "hour": "2026-11-22T12:00:00Z",
    "votes": 40,
    "position": 120345,
    "before": SCORE,
    "after": SCORE,
}
LEADERBOARD: Final[dict[str, Any]] = {
    "category": "language-models",
    "by": "community",
    "position": 120345,
    "rule": "2026-11",
    "items": [
        {
            "tool": "gpt-5-mini",
            "name": "GPT-5 Mini API",
            "rank": "1-2",
            "score": 0.7735,
            "interval": [0.7735, 0.8227],
            "votes": 1016,
            "trend": 0.0121,
        }
    ],
    "next": NEXT,
}
