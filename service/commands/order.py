"""What the commands of admins and panelists have in common."""

from datetime import datetime

from msgspec import Struct


class Order(Struct, frozen=True, kw_only=True):
    """A command that resolves nobody's pseudonym and claims no time."""

    account: str | None = None
    occurred_at: datetime | None = None
