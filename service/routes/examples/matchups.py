"""The examples of matchups that the OpenAPI schema shows."""

from typing import Any, Final

PREFERENCE: Final = {"winner": "gpt-5-mini", "context": "code-review"}
OWN_PREFERENCE: Final[dict[str, Any]] = {**PREFERENCE, "position": 120347}
EVENT: Final[dict[str, Any]] = {
    "position": 120347,
    "type": "PreferenceCast",
    "tool": None,
    "voter": "0198c7a0-5a3c-7b1e-9f00-0123456789ab",
    "recorded_at": "2026-11-22T12:06:00.123456Z",
    "data": {"left": "gpt-5-mini", "right": "phi-4", "context": "code-review", "winner": "gpt-5-mini"},
    "standing": "counts",
}
MATCHUP: Final[dict[str, Any]] = {
    "left": "gpt-5-mini",
    "right": "phi-4",
    "position": 120347,
    "left_wins": 61,
    "right_wins": 38,
    "ties": 11,
    "votes": 110,
    "share": 0.6045,
    "contexts": [
        {
            "context": "code-review",
            "left_wins": 41,
            "right_wins": 12,
            "ties": 5,
            "votes": 58,
            "share": 0.75,
            "excluded": {"votes": 3, "by_reason": {"fraud": 3}},
        },
        {
            "context": "overall",
            "left_wins": 20,
            "right_wins": 26,
            "ties": 6,
            "votes": 52,
            "share": 0.4423,
            "excluded": {"votes": 0, "by_reason": {}},
        },
    ],
}
