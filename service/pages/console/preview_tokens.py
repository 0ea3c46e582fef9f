"""Seals a preview for one moderator: only that preview is applied, and by nobody else."""

import hmac
from hashlib import blake2b
from time import time
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from events.ids import Position
from events.log.audit import Author
from events.moderation.orders import BatchOrder
from events.moderation.ruling import Action
from events.moderation.selection import Selection
from projections.preview.effects import Preview
from service.pages.console.refusals import ForgedPreviewError, OldPreviewError, OthersPreviewError
from service.pages.session.signer import Signer, from_text, to_text

LIFETIME_S: Final = 3600
DIGEST_BYTES: Final = 16

_encode: Final = msgspec.json.Encoder(order="sorted").encode


class PreviewSummary(Struct, frozen=True, kw_only=True):
    """The summary of a preview; scores are left out, for they move all the time.

    Attributes:
        matched: Events that the batch would be about.
        rulings: Of these, how many it would rule on.
        subjects: Tools and matchups that it would rule on.
        digest: Of the number of rulings on each of them.
    """

    matched: int
    rulings: int
    subjects: int
    digest: str


class Intent(Struct, frozen=True, kw_only=True):
    """A batch that was previewed and may be applied.

    Attributes:
        id: Of the batch, so that applying it twice is one batch.
        who: The account that it was shown to.
        position: The preview took in every event up to here.
        settled: Whether it applies to the previewed events alone, even if more match now.
        at: When, in seconds since 1970.
    """

    id: UUID
    who: str
    action: Action
    select: Selection | None
    reverts: UUID | None
    position: Position
    shown: PreviewSummary
    settled: bool = False
    at: int


_decode: Final = msgspec.json.Decoder(Intent).decode


def summary_of(preview: Preview) -> PreviewSummary:
    """Sum a preview up."""
    rulings = sorted(
        [
            *((effect.tool, "", "", effect.rulings) for effect in preview.effects),
            *((each.left, each.right, each.context, each.rulings) for each in preview.matchups),
        ]
    )
    return PreviewSummary(
        matched=preview.matched,
        rulings=sum(each[-1] for each in rulings),
        subjects=len(rulings),
        digest=blake2b(_encode(rulings), digest_size=DIGEST_BYTES).hexdigest(),
    )


def token_of(signer: Signer, asked: BatchOrder, preview: Preview) -> str:
    """Write the signed token of a preview."""
    intent = Intent(
        id=asked.id,
        who=asked.by.name,
        action=asked.action,
        select=asked.select,
        reverts=asked.reverts,
        position=preview.position,
        shown=summary_of(preview),
        at=int(time()),
    )
    return write_token(signer, intent)


def write_token(signer: Signer, intent: Intent) -> str:
    """Write an intent as a token that only this service can sign."""
    text = to_text(_encode(intent))
    return f"{text}.{to_text(signer.sign('ruling', text))}"


def read_token(signer: Signer, token: str, *, by: Author) -> Intent:
    """Read a token.

    Raises:
        ForgedPreviewError: this service has not signed it.
        OthersPreviewError: it was signed for another moderator.
        OldPreviewError: it was signed too long ago.
    """
    text, _, signature = token.partition(".")
    if not hmac.compare_digest(from_text(signature), signer.sign("ruling", text)):
        raise ForgedPreviewError
    intent = _decode(from_text(text))
    if intent.who != by.name:
        raise OthersPreviewError
    if time() - intent.at > LIFETIME_S:
        raise OldPreviewError
    return intent
