"""Submits one command of a request to the log, and answers with the position it came to."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

from msgspec import Struct

from events.ids import Position, subject_of
from events.log.audit import Attribution
from events.log.commands import Appended, Command, IdempotencyKey
from events.log.writer import Writer
from service.http.problems import BadParameterError
from service.http.request import Request
from service.http.response import Response
from service.http.tokens import Principal, Role

KEY_LENGTH_MAX: Final = 255
KEY_HEADER: Final = b"idempotency-key"


class Written(Struct, frozen=True):
    """The result of a command: the position it came to, and whether it changed anything."""

    position: Position
    changed: bool


class Submit:
    """Lets the log decide on one command of a request.

    The audit list records an admin's change, under the names in the address.
    """

    __slots__ = ("_by", "_key", "_names", "_writer")

    def __init__(
        self, writer: Writer, *, by: Principal, key: IdempotencyKey | None, names: Mapping[str, str]
    ) -> None:
        self._writer = writer
        self._by = by
        self._key = key
        self._names = names

    async def __call__(self, command: Command) -> Response:
        """Submit a command; the response is a `Written`.

        Raises:
            events.log.commands.Refusal: the rules or the writer said no.
        """
        signature = None
        if self._by.role is Role.ADMIN:
            signature = Attribution(self._by.author, "/".join(self._names.values()))
        [answer] = await self._writer.submit((command,), key=self._key, signature=signature)
        if isinstance(answer, Appended):
            return Response(encode_appended(answer))
        raise answer


def encode_appended(appended: Appended) -> bytes:
    """Write the result of a command as JSON."""
    return b'{"position":%d,"changed":%s}' % (appended.position, b"true" if appended.changed else b"false")


async def idempotency_key(request: Request, by: Principal) -> IdempotencyKey | None:
    """Read the request's Idempotency-Key; None if there is none.

    Raises:
        BadParameterError: it is empty or too long.
    """
    value = request.header(KEY_HEADER)
    if value is None:
        return None
    key = value.decode("latin-1").strip()
    if not 0 < len(key) <= KEY_LENGTH_MAX:
        message = f"An Idempotency-Key has 1 to {KEY_LENGTH_MAX} characters."
        raise BadParameterError(message)
    digest = blake2b(digest_size=32)
    scope = request.scope
    address = scope["path"].encode() + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    for part in (scope["method"].encode(), address):
        digest.update(part + b"\0")
    digest.update(await request.body())
    asker = subject_of("asker", f"{by.role}/{by.name}")
    return IdempotencyKey(asker=asker, key=key, fingerprint=digest.digest())
