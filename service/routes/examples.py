"""The examples that the OpenAPI schema shows."""

from typing import Any, Final

LIMIT: Final = ({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "Items on the page.")
CURSOR: Final = ({"type": "string"}, "`next` of the page before.")
NEXT: Final = "Z3B0LTUtbWluaQ"


def page_of(document: str) -> dict[str, Any]:
    """Build the JSON schema of a page of documents."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{document}"}},
            "next": {"type": ["string", "null"]},
        },
    }


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
