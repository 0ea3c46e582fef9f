"""The base of the commands that admins, moderators and panelists give."""

from datetime import datetime

from msgspec import Struct


class StaffCommand(Struct, frozen=True, kw_only=True):
    """A command without a voter: it looks up no pseudonym and claims no time."""

    account: str | None = None
    occurred_at: datetime | None = None
