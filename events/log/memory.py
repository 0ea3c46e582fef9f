"""Keeps what a writer knows from one transaction to the next, and when that is out of date."""

from collections.abc import Iterable
from typing import Final

from events.ids import NOBODY, ActorId, Position, StreamKey
from events.log.loading import Stream

STREAMS_REMEMBERED_MAX: Final = 100_000
VOTERS_REMEMBERED_MAX: Final = 100_000
ENTRIES_REMEMBERED_MAX: Final = 10_000
NEWCOMERS_STREAMS_MAX: Final = 1_000_000


class Memory:
    """Pseudonyms of accounts, and streams as far as they were read or written.

    A transaction changes both in place, so `clear` the memory after a failed one.

    Attributes:
        voters: Pseudonyms; they hold until an account is erased. None stands for nobody's account.
        streams: One that was last brought up to date in this `era` is current; another is a beginning:
            events are immutable, so what came after its version has to be read and folded on top.
        era: Begins anew whenever somebody else moved the head.
    """

    def __init__(self, *, streams_max: int = STREAMS_REMEMBERED_MAX) -> None:
        self._streams_max = streams_max
        self._head = Position(0)
        self._erasures = 0
        self.voters: dict[str | None, ActorId | None] = {None: None}
        self.streams: dict[StreamKey, Stream] = {}
        self.era = 0
        self._newcomers: set[ActorId] = set()
        self._met: set[int] = set()

    def face(self, *, head: Position, erasures: int) -> None:
        """Mark as out of date what the head and the count of erasures, read under the lock, disprove."""
        if head != self._head:
            self.era += 1
            self._forget_newcomers()
        if erasures != self._erasures:
            self.voters = {None: None}
        self._head, self._erasures = head, erasures

    def welcome(self, named: Iterable[ActorId]) -> None:
        """Note who got a pseudonym in this transaction: their streams cannot exist yet."""
        self._newcomers.update(named)

    def is_first(self, key: StreamKey) -> bool:
        """Tell, once, that a stream cannot exist yet, since it is a newcomer's and was not asked for before.

        Streams are told apart by their hashes. A collision costs one look into the log.
        """
        if key[1] not in self._newcomers:
            return False
        met = hash(key)
        if met in self._met:
            return False
        self._met.add(met)
        return True

    def settle(self, *, head: Position) -> None:
        """Note that a transaction was committed, and its head; empty what grew too large.

        Everything that is forgotten can be read again.
        """
        self._head = head
        if len(self.voters) > VOTERS_REMEMBERED_MAX:
            self.voters = {None: None}
        if len(self.streams) > self._streams_max:
            entries = {key: stream for key, stream in self.streams.items() if key[1] == NOBODY}
            self.streams = entries if len(entries) <= ENTRIES_REMEMBERED_MAX else {}
        if len(self._met) > NEWCOMERS_STREAMS_MAX or len(self._newcomers) > VOTERS_REMEMBERED_MAX:
            self._forget_newcomers()

    def clear(self) -> None:
        """Forget everything: it may be wrong, or the next connection may lead to another server."""
        self.voters = {None: None}
        self.streams = {}
        self._forget_newcomers()

    def _forget_newcomers(self) -> None:
        self._newcomers = set()
        self._met = set()
