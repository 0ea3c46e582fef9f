"""From a request to the log and back: submits commands, and turns what came of them into answers."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from events.ids import subject_of
from events.log.audit import Signature
from events.log.commands import Appended, Command, IdempotencyKey
from events.log.writer import Writer
from service.http import parameters
from service.http.problems import BadParameterError
from service.http.request import Request
from service.http.response import Response
from service.http.tokens import Principal, Role

KEY_LENGTH_MAX: Final = 255
KEY_HEADER: Final = b"idempotency-key"


async def submit(
    request: Request, writer: Writer, command: Command, *, by: Principal, query_names: Sequence[str] = ()
) -> Response:
    """Let the log decide on one command, and answer with the position it came to.

    The audit list records an admin's change, under the names in the address.

    Args:
        request: Any query parameter in it that `query_names` has not is refused.
        writer: The log's.
        command: The order to the log.
        by: Who gives it; an Idempotency-Key is theirs.
        query_names: The query parameters that the command was made of.

    Raises:
        events.log.commands.Refusal: the rules or the writer said no.
    """
    parameters.query(request, *query_names)
    key = await idempotency_key(request, by)
    signature = None
    if by.role is Role.ADMIN:
        signature = Signature(by.author, "/".join(request.scope["path_params"].values()))
    answers = await writer.submit((command,), key=key, signature=signature)
    answer = answers[0]
    if isinstance(answer, Appended):
        return Response(encode_appended(answer))
    raise answer


def encode_appended(appended: Appended) -> bytes:
    """Write what came of a command as JSON."""
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
