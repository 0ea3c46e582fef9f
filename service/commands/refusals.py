"""Every reason the rules have to refuse.

Refusal
├── UnknownToolError      no such tool is listed
├── UnknownPanelistError  no such panelist is seated
└── NotTheAuthorError     a panelist writes under their own name only
"""

from events.log.commands import Refusal


class UnknownToolError(Refusal):
    """The tool was never listed, or has been delisted."""

    type = "unknown-tool"
    title = "No such tool is listed"
    status = 404

    def __init__(self, slug: str) -> None:
        super().__init__(f"No tool {slug!r} is listed.")


class UnknownPanelistError(Refusal):
    """The panelist was never seated, or has retired."""

    type = "unknown-panelist"
    title = "No such panelist is seated"
    status = 404

    def __init__(self, slug: str) -> None:
        super().__init__(f"No panelist {slug!r} is seated.")


class NotTheAuthorError(Refusal):
    """Somebody other than the panelist, and not an admin, wanted to write their review."""

    type = "not-the-author"
    title = "A review belongs to its panelist"
    status = 403

    def __init__(self, panelist: str) -> None:
        super().__init__(f"Only {panelist!r} or an admin may write or withdraw this review.")
