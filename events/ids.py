"""The names that everything is keyed by: positions, subjects, actors and slugs."""

from functools import lru_cache
from hashlib import blake2b
from typing import Annotated, Final, NewType

from asyncpg.pgproto.pgproto import UUID  # a uuid.UUID whose hash and comparison are written in C
from msgspec import Meta

Position = NewType("Position", int)
"""Place of an event in the log: 1, 2, 3 … without gaps. 0 is before the first."""

POSITION_MAX: Final = Position(2**63 - 1)
"""The largest position that Postgres can hold."""

SubjectId = NewType("SubjectId", int)
"""The tool, panelist or matchup that an event is about, as a positive 63-bit integer."""

ActorId = NewType("ActorId", UUID)
"""The author of an event within its subject: a voter's pseudonym, a panelist, or `NOBODY`."""

SLUG_LENGTH_MAX = 80
SLUG_PATTERN = r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z"

Slug = Annotated[str, Meta(pattern=SLUG_PATTERN, max_length=SLUG_LENGTH_MAX)]
"""Lower-case letters, digits and inner hyphens, at most 80 long."""

StreamKey = tuple[SubjectId, ActorId]
"""One stream: the finest unit that has an invariant, e.g. one voter's ballot on one tool."""

NOBODY = ActorId(UUID(bytes(16)))
"""The actor of a subject's own stream, e.g. a tool's catalogue entry."""


def subject_of(kind: str, name: str) -> SubjectId:
    """Derive a subject's id from its kind and name, so that no look-up table is needed.

    Two of n names collide with a probability of about n² / 2⁶⁴: one in 18 million for a million tools.
    """
    digest = blake2b(f"{kind}/{name}".encode(), digest_size=8).digest()
    return SubjectId(int.from_bytes(digest, "big") >> 1)


@lru_cache(maxsize=65_536)
def tool_subject(slug: str) -> SubjectId:
    """Name the subject of everything about one tool."""
    return subject_of("tool", slug)


def panelist_subject(slug: str) -> SubjectId:
    """Name the subject of a panelist's own entry."""
    return subject_of("panelist", slug)


@lru_cache(maxsize=65_536)
def matchup_subject(left: str, right: str, context: str) -> SubjectId:
    """Name the subject of the preferences between two tools, given in alphabetical order, in a context."""
    return subject_of("matchup", f"{left}/{right}/{context}")


RULE_SUBJECT: Final = subject_of("rules", "scores")
"""The subject of adoptions: they say which rule makes the scores."""


def panelist_actor(slug: str) -> ActorId:
    """Name a panelist as the author of reviews."""
    return ActorId(UUID(blake2b(f"panelist/{slug}".encode(), digest_size=16).digest()))


def tool_streams(slug: str, actor: ActorId | None) -> tuple[StreamKey, StreamKey]:
    """Name an actor's stream on a tool, and the tool's own; no actor stands for nobody."""
    subject_id = tool_subject(slug)
    return (subject_id, NOBODY if actor is None else actor), (subject_id, NOBODY)
