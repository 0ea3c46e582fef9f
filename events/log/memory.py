"""What a writer remembers from one transaction to the next, and when it may be believed."""

from collections.abc import Collection, Iterable
from typing import Final

from events.ids import ActorId, Position, StreamKey
from events.log.loading import EMPTY, Stream

STREAMS_REMEMBERED_MAX: Final = 100_000
VOTERS_REMEMBERED_MAX: Final = 100_000


class Memory:
    """Pseudonyms of accounts, and streams as they stood after a commit.

    Streams are current while only this writer moves the head. Once another did, they are beginnings:
    events are immutable, so what came after their versions has to be read and folded on top. Pseudonyms
    hold until an account is erased. What is too much is forgotten altogether: all of it can be read again.
    """

    def __init__(self, *, streams_max: int = STREAMS_REMEMBERED_MAX) -> None:
        self._streams_max = streams_max
        self._voters: dict[str, ActorId] = {}
        self._current: dict[StreamKey, Stream] = {}
        self._beginnings: dict[StreamKey, Stream] = {}
        self._head = Position(0)
        self._erasures = 0

    def face(self, *, head: Position, erasures: int) -> None:
        """Doubt what the head and the count of erasures, as just read under the lock, do not bear out."""
        if head != self._head:
            self._beginnings.update(self._current)
            self._current.clear()
            self._head = head
        if erasures != self._erasures:
            self._voters.clear()
            self._erasures = erasures

    def voters(self, accounts: Iterable[str]) -> dict[str, ActorId]:
        """Return the pseudonyms that are known."""
        voters = self._voters
        return {account: voters[account] for account in accounts if account in voters}

    def streams(
        self, keys: Iterable[StreamKey], *, newcomers: Collection[ActorId]
    ) -> tuple[dict[StreamKey, Stream], dict[StreamKey, Stream]]:
        """Return the streams that are current, and those that may go on in the log.

        `newcomers` are actors named in this very transaction, who cannot have a stream yet.
        """
        current, beginnings = self._current, self._beginnings
        known: dict[StreamKey, Stream] = {}
        doubtful: dict[StreamKey, Stream] = {}
        for key in keys:
            stream = current.get(key)
            if stream is not None:
                known[key] = stream
            elif key[1] in newcomers:
                known[key] = EMPTY
            else:
                doubtful[key] = beginnings.get(key, EMPTY)
        return known, doubtful

    def keep(self, voters: dict[str, ActorId], streams: dict[StreamKey, Stream], *, head: Position) -> None:
        """Remember what a transaction read and wrote, once it is committed; it moved the head to `head`."""
        self._voters.update(voters)
        self._current.update(streams)
        self._head = head
        if len(self._voters) > VOTERS_REMEMBERED_MAX:
            self._voters.clear()
        if len(self._current) + len(self._beginnings) > self._streams_max:
            self._current.clear()
            self._beginnings.clear()

    def clear(self) -> None:
        """Forget everything, so that all is read from the log again."""
        self._voters.clear()
        self._current.clear()
        self._beginnings.clear()
