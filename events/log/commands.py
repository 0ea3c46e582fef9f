"""The shape of a request to the log, and of its result."""

from asyncio import Future
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from events.facts import AnyFact
from events.ids import ActorId, Position, StreamKey, SubjectId
from events.log.audit import Attribution


class Refusal(Exception):  # noqa: N818 - the rules said no; nothing went wrong
    """A request that is refused, with a stable type and one clear message.

        Refusal
        ├── (the writer's)  KeyReusedError, QueueFullError, LogUnavailableError, OutcomeUnknownError,
        │                   StreamUnreadableError
        └── (the rules')    service.commands.refusals

    Attributes:
        type: Short stable name, e.g. `unknown-tool`.
        title: The same for every occurrence.
        status: HTTP status code.
        retry_after_s: Seconds after which trying again makes sense; None if it doesn't by itself.
    """

    type: str = "refused"
    title: str = "Refused"
    status: int = 400
    retry_after_s: int | None = None

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class KeyReusedError(Refusal):
    """An idempotency key came again with another payload."""

    type = "idempotency-key-reused"
    title = "This Idempotency-Key was used for another request"
    status = 422


class QueueFullError(Refusal):
    """More is waiting to be written than the queue holds; nothing was recorded."""

    type = "queue-full"
    title = "Too many writes are waiting"
    status = 503
    retry_after_s = 1


class LogUnavailableError(Refusal):
    """Postgres could not be reached or refused; nothing was recorded."""

    type = "log-unavailable"
    title = "The log cannot be written at the moment"
    status = 503
    retry_after_s = 1


class OutcomeUnknownError(Refusal):
    """The connection was lost during COMMIT, so the outcome is not known."""

    type = "outcome-unknown"
    title = "Whether this was recorded is not known"
    status = 503
    retry_after_s = 1


class StreamUnreadableError(Refusal):
    """An event that the decision stands on cannot be read by this build; nothing was recorded."""

    type = "stream-unreadable"
    title = "What was recorded before cannot be read"
    status = 503
    retry_after_s = 60


class Command(Protocol):
    """An order to the log. Its class decides by itself whether the order becomes facts."""

    @property
    def account(self) -> str | None:
        """The account whose pseudonym the writer looks up before it asks for the streams, if any."""
        ...

    @property
    def occurred_at(self) -> datetime | None:
        """The time that the client claims, if any."""
        ...

    def streams(self, voter: ActorId | None, /) -> Sequence[StreamKey]:
        """Name the streams the decision needs; the facts are appended to the first."""
        ...

    @property
    def decide(self) -> Callable[..., Sequence[AnyFact]]:
        """Turn the streams' states (None before their first event) into facts, none when nothing changes.

        Pure. Raises a `Refusal` when the rules say no.
        """
        ...


class Appended(Struct, frozen=True):
    """The result of a command: the position of its last event, or of the event that already said the same."""

    position: Position
    changed: bool


Answer = Appended | Exception
"""A command's result, or why there is none: a `Refusal`, or a defect in deciding."""


class IdempotencyKey(Struct, frozen=True):
    """A client's name for one request. The asker is the account that the key belongs to."""

    asker: SubjectId
    key: str
    fingerprint: bytes

    def uuid(self) -> UUID:
        """Make an id of it: the same for the same asker and key (version 8, RFC 9562)."""
        digest = blake2b(f"{self.asker}/{self.key}".encode(), digest_size=16).digest()
        return UUID(int=int.from_bytes(digest, "big") & ~(0xF << 76 | 0x3 << 62) | 0x8 << 76 | 0x2 << 62)


class Submission(Struct, eq=False):
    """Commands that are decided and committed together, and where their answers go.

    Attributes:
        signature: The author that the audit list names, if the changes belong there.
    """

    commands: Sequence[Command]
    key: IdempotencyKey | None
    signature: Attribution | None
    answers: "Future[list[Answer]]"
