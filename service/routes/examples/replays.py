"""The examples of replays that the OpenAPI schema shows."""

from typing import Any, Final

REPLAY: Final[dict[str, Any]] = {
    "id": "0198c8b1-77aa-7c3d-8e55-0123456789ab",
    "state": "done",
    "models": ["community"],
    "dry_run": False,
    "position": 120346,
    "head": 120346,
    "rate": 84210.5,
    "seconds_left": None,
    "difference": {
        "position": 120346,
        "count": 1,
        "items": [
            {
                "model": "community",
                "tool": "gpt-5-mini",
                "panelist": None,
                "before": {"community": [{"ship": 1812, "skip": 204, "position": 120340}]},
                "after": {"community": [{"ship": 812, "skip": 204, "position": 120340}]},
            }
        ],
    },
    "error": None,
    "created_at": "2026-11-22T12:05:00.120000Z",
    "ended_at": "2026-11-22T12:05:02.150000Z",
    "moderator": "sam",
}
REPLAY_EVENT: Final = (
    'id: 70000\ndata: {"id":"0198c8b1-77aa-7c3d-8e55-0123456789ab","state":"running","models":["community"],'
    '"dry_run":false,"position":70000,"head":120346,"rate":84210.5,"seconds_left":0.6,"difference":null,'
    '"error":null,"created_at":"2026-11-22T12:05:00.120000Z","ended_at":null,"moderator":"sam"}\n\n'
)
