"""How the audit list's lines are put into words."""

from datetime import UTC, datetime
from uuid import UUID

from events.log.audit import AuditEntry
from service.pages.console.audit import audit_row

ID = UUID(int=7)


def entry(action: str, /, **detail: object) -> AuditEntry:
    """Make a line of somebody whose name was erased."""
    at = datetime(2026, 11, 22, 12, 5, 7, tzinfo=UTC)
    return AuditEntry(id=ID, at=at, who="", role="admin", action=action, what="w", detail=detail)


def test_a_line_says_what_and_to_what_and_stands_without_a_name() -> None:
    row = audit_row(
        entry("batch-ordered", action="reinstate", reverts=str(ID), reason="conflict_of_interest", matched=1)
    )
    assert (row.who, row.said, row.what.href) == (
        "somebody whose name was erased",
        "ordered a batch of rulings",
        "/moderation/batches/w",
    )
    assert row.detail == "to revert another one: reinstate 1 event for conflict of interest"
    assert audit_row(entry("set-aside-retried", in_order=False)).detail == "in vain"
    replay = audit_row(entry("replay-ordered", models=["reviews", "community"], dry_run=True))
    assert (replay.detail, replay.what.href) == (
        "of reviews and community, to compare first",
        "/moderation/replays/w",
    )
    assert audit_row(entry("tool-listed", position=9)).what.href == "/moderation/events/9"


def test_a_line_of_a_newer_build_is_told_as_it_stands() -> None:
    row = audit_row(entry("tool-painted", colour="red"))
    assert (row.said, row.what.href, row.detail) == ("tool-painted", "/moderation/audit", "")
