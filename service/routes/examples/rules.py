"""The examples of rules that the OpenAPI schema shows."""

from typing import Any, Final

from service.routes.examples import common

RULE: Final[dict[str, Any]] = {
    "name": "2026-12",
    "summary": "As 2026-11, but more cautious: everything that is said to be so holds at 99 % confidence.",
    "reason": "A site makes many verdicts at once.",
    "confidence": 0.99,
    "z": 2.575829,
    "ranked_votes_min": 20,
    "ranked_reviews_min": 1,
    "lead_votes_min": 20,
    "lead_reviews_min": 4,
    "clear_leads_min": 2,
    "current": True,
    "since": [{"position": 120346, "adopted_at": "2026-12-01T09:00:00.123456Z"}],
}
RULES: Final[dict[str, Any]] = {"items": [RULE], "next": None}
ADOPTED: Final[dict[str, Any]] = {"rule": "2026-12", "position": 120346, "changed": True}
ADOPTION: Final[dict[str, Any]] = {
    "rule": "2026-12",
    "position": 120346,
    "adopted_at": "2026-12-01T09:00:00.123456Z",
    "adopted_by": "sam",
}
PREVIEW: Final[dict[str, Any]] = {
    "rule": "2026-12",
    "against": "2026-11",
    "category": "all",
    "position": 120345,
    "tools": 8,
    "verdicts": 1,
    "ranks": 1,
    "weeks": [{"start": "2026-11-16T00:00:00Z", "verdicts": 8, "flips": 1}],
    "items": [
        {
            "tool": "gpt-5-mini",
            "category": "language-models",
            "before": common.SCORE,
            "after": common.SCORE | {"rule": "2026-12"},
            "rank_before": "1-2",
            "rank_after": "1-3",
            "verdict_before": "ship",
            "verdict_after": "too close to call",
            "flips": [
                {
                    "start": "2026-11-16T00:00:00Z",
                    "until": None,
                    "before": "ship",
                    "after": "too close to call",
                }
            ],
        }
    ],
    "next": common.NEXT,
}
