"""Idempotency keys: the same key and payload get the original answer for 24 hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from events.ids import SubjectId
from events.log import sql
from events.log.commands import (
    Answer,
    Appended,
    IdempotencyKey,
    KeyReusedError,
    Refusal,
    StreamUnreadableError,
)
from events.log.connection import Connection

KEPT_FOR: Final = timedelta(hours=24)

Remembered = dict[tuple[SubjectId, str], tuple[bytes, list[Answer]]]
"""Fingerprint and answers by asker and key."""


class StoredRefusal(Struct, frozen=True):
    """A refusal as it is kept."""

    type: str
    title: str
    status: int
    detail: str


class StoredAnswer(Struct, frozen=True):
    """An answer as it is kept: what was appended, or else the refusal."""

    appended: Appended | None = None
    refusal: StoredRefusal | None = None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[StoredAnswer]).decode


async def remembered(
    connection: Connection, keys: Sequence[IdempotencyKey], recorded_at: datetime
) -> Remembered:
    """Load the answers given under these keys within the last 24 hours."""
    rows = await connection.fetch(
        sql.select_answers,
        [key.asker for key in keys],
        [key.key for key in keys],
        recorded_at - KEPT_FOR,
    )
    return {
        (row["subject_id"], row["key"]): (
            row["fingerprint"],
            [_revive(stored) for stored in _decode(row["answers"])],
        )
        for row in rows
    }


def recall(known: Remembered, key: IdempotencyKey) -> list[Answer] | None:
    """Return the answers given under a key, None if it is new.

    Raises:
        KeyReusedError: the key was used with another payload.
    """
    found = known.get((key.asker, key.key))
    if found is None:
        return None
    fingerprint, answers = found
    if fingerprint != key.fingerprint:
        message = f"The key {key.key!r} was used before with another method, path or body; choose a new key."
        raise KeyReusedError(message)
    return answers


async def remember(
    connection: Connection, given: Sequence[tuple[IdempotencyKey, list[Answer]]], recorded_at: datetime
) -> None:
    """Keep the answers given under keys, except those that met a defect."""
    keyed = [(key, answers) for key, answers in given if all(_is_final(answer) for answer in answers)]
    if keyed:
        await connection.execute(
            sql.insert_answers,
            [key.asker for key, _ in keyed],
            [key.key for key, _ in keyed],
            [key.fingerprint for key, _ in keyed],
            [_encode([_store(answer) for answer in answers]) for _, answers in keyed],
            recorded_at,
        )


def _is_final(answer: Answer) -> bool:
    """Tell whether the same request gets this answer again. A defect may be fixed, so it is tried again."""
    return isinstance(answer, Appended | Refusal) and not isinstance(answer, StreamUnreadableError)


def _store(answer: Answer) -> StoredAnswer:
    if isinstance(answer, Appended):
        return StoredAnswer(appended=answer)
    if isinstance(answer, Refusal):
        return StoredAnswer(refusal=StoredRefusal(answer.type, answer.title, answer.status, answer.detail))
    message = "an answer that met a defect is not kept"
    raise TypeError(message)


def _revive(stored: StoredAnswer) -> Answer:
    if stored.appended is not None:
        return stored.appended
    if stored.refusal is None:
        message = "a kept answer has what was appended or a refusal"
        raise TypeError(message)
    refusal = Refusal(stored.refusal.detail)
    refusal.type, refusal.title = stored.refusal.type, stored.refusal.title
    refusal.status = stored.refusal.status
    return refusal
