"""The headers that keep pages safe: nothing runs, loads or frames but what this service serves itself."""

from typing import Final

POLICY: Final = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
)
"""No 'unsafe-inline': scripts and styles stand in files, and no element has a style of its own."""

SAFE: Final = (
    (b"content-security-policy", "; ".join(" ".join(directive) for directive in POLICY).encode()),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""On every page."""

SAFE_FILE: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""On every file that pages load."""

OPEN_FILE: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"access-control-allow-origin", b"*"),
)
"""On every file that is made for other people's pages."""

CURRENT: Final = (b"cache-control", b"no-cache")
"""Ask again each time: what the client has may be confirmed by its ETag."""

FOR_EVER: Final = (b"cache-control", b"public, max-age=31536000, immutable")
"""For addresses that change with what they name."""

PRIVATE: Final = (b"cache-control", b"private, no-cache")
"""As `CURRENT`, and for the one browser alone."""

NOT_KEPT: Final = (b"cache-control", b"no-store")
"""For what is true once."""

VARIES_BY_PERSON: Final = (b"vary", b"cookie")
VARIES: Final = (b"vary", b"accept-encoding")
