"""The example of a comparison that the OpenAPI schema shows."""

from typing import Any, Final

from service.routes.examples import common, matchups

POSITION: Final = matchups.MATCHUP["position"]
PANEL: Final = (
    "The panel does not tell GPT-5 Mini API from Phi-4: 4 of 4 reviews say ship against 1 of 3 for Phi-4, "
    "which may mean 0.5 points fewer or 93.9 more."
)
CROWD: Final = (
    "The crowd prefers GPT-5 Mini API: 79.9 % of 1,016 votes say ship against 65.3 % of 461 for Phi-4, "
    "10 to 20 points more."
)
HEAD_TO_HEAD: Final = (
    "Head to head GPT-5 Mini API beats Phi-4 by 61 votes to 38 with 11 ties: 60.5 % for GPT-5 Mini API, "
    "a tie being half a win, and 52 to 69 % in a larger crowd."
)


def _standing(
    reason: str, *, estimate: float, interval: list[float], fragility: int | None
) -> dict[str, Any]:
    leads = fragility is not None
    said = {
        "leader": "gpt-5-mini" if leads else None,
        "standing": "leads" if leads else "too close to call",
        "reason": reason,
        "fragility": fragility,
    }
    pair = {"left": "gpt-5-mini", "right": "phi-4", "estimate": estimate, "interval": interval, **said}
    return {**said, "pairs": [pair]}


SIDE_BY_SIDE: Final[dict[str, Any]] = {
    "position": POSITION,
    "rule": "2026-11",
    "context": "overall",
    "tools": [
        common.LISTED_TOOL,
        {
            "slug": "phi-4",
            "name": "Phi-4",
            "vendor": "Microsoft",
            "category": "language-models",
            "tagline": "Small weights that reason",
            "description": "Fourteen billion parameters on a card of your own.",
            "homepage": "https://example.com/phi-4",
            "pricing": {"model": "free", "entry": None, "note": "You pay for the hardware."},
            "position": 14,
        },
    ],
    "scores": [
        {**common.SCORE, "position": POSITION},
        {
            "tool": "phi-4",
            "position": POSITION,
            "rule": "2026-11",
            "panel": {"ship": 1, "skip": 2, "share": 0.3333},
            "community": {
                "ship": 301,
                "skip": 160,
                "votes": 461,
                "share": 0.6529,
                "interval": [0.6084, 0.695],
            },
            "excluded": {"votes": 0, "by_reason": {}},
        },
    ],
    "ratings": [
        {"position": 120340, "score": 1082.4, "interval": [1061.3, 1103.9], "votes": 412, "note": None},
        {"position": 120340, "score": 991.7, "interval": [966.2, 1017.0], "votes": 287, "note": None},
    ],
    "reviews": [
        {"lens": "builder", "reviews": [common.LISTED_REVIEW, None]},
        {
            "lens": "skeptic",
            "reviews": [
                None,
                {
                    "panelist": "tobias-okafor",
                    "name": "Tobias Okafor",
                    "lens": "skeptic",
                    "verdict": "skip",
                    "headline": "Free weights, expensive weekends",
                    "body": "Nobody budgets for the person who gets paged.",
                    "recorded_at": "2026-11-22T12:01:00.123456Z",
                    "position": 58,
                },
            ],
        },
    ],
    "panel": _standing(PANEL, estimate=0.6667, interval=[-0.0047, 0.9385], fragility=None),
    "crowd": _standing(CROWD, estimate=0.1463, interval=[0.097, 0.1967], fragility=61),
    "head_to_head": _standing(HEAD_TO_HEAD, estimate=0.6045, interval=[0.516, 0.6864], fragility=4),
    "matchups": [matchups.MATCHUP],
    "verdict": {
        "strength": "clear",
        "pick": "gpt-5-mini",
        "summary": "GPT-5 Mini API comes out ahead: the crowd and the head-to-head vote prefer it, and no "
        "measure speaks for another.",
        "reasons": [PANEL, CROWD, HEAD_TO_HEAD],
        "fragility": 4,
    },
}
