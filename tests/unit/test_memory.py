"""What a writer remembers is bounded, and believed only as long as it is true."""

from asyncpg.pgproto.pgproto import UUID

from events.ids import ActorId, Position, StreamKey, SubjectId
from events.log.loading import EMPTY, Stream
from events.log.memory import VOTERS_REMEMBERED_MAX, Memory

ANN = ActorId(UUID(bytes(16)))
KEY: StreamKey = (SubjectId(1), ANN)
STREAM: Stream = (1, Position(5), None)


def remembering(*, streams_max: int = 10) -> Memory:
    """Return the memory of a writer that moved the head to 5, with a voter and a stream."""
    memory = Memory(streams_max=streams_max)
    memory.face(head=Position(4), erasures=0)
    memory.keep({"ann": ANN}, {KEY: STREAM}, head=Position(5))
    return memory


def test_while_nobody_else_moves_the_head_streams_are_current() -> None:
    memory = remembering()
    memory.face(head=Position(5), erasures=0)
    assert memory.streams([KEY], newcomers=()) == ({KEY: STREAM}, {})
    assert memory.voters(["ann", "bob"]) == {"ann": ANN}


def test_once_somebody_else_moved_it_they_may_go_on_for_good() -> None:
    memory = remembering()
    memory.face(head=Position(6), erasures=0)
    memory.keep({}, {}, head=Position(7))
    memory.face(head=Position(7), erasures=0)
    assert memory.streams([KEY], newcomers=()) == ({}, {KEY: STREAM})
    assert memory.voters(["ann"]) == {"ann": ANN}


def test_a_head_that_went_back_is_doubted_too() -> None:
    memory = remembering()
    memory.face(head=Position(3), erasures=0)
    assert memory.streams([KEY], newcomers=()) == ({}, {KEY: STREAM})


def test_an_erasure_makes_all_pseudonyms_doubtful() -> None:
    memory = remembering()
    memory.face(head=Position(5), erasures=1)
    assert memory.voters(["ann"]) == {}


def test_an_unknown_stream_is_looked_up_unless_its_actor_is_new() -> None:
    memory = remembering()
    other = (SubjectId(2), ANN)
    assert memory.streams([other], newcomers=()) == ({}, {other: EMPTY})
    assert memory.streams([other], newcomers={ANN}) == ({other: EMPTY}, {})


def test_it_is_bounded() -> None:
    memory = remembering(streams_max=10)
    memory.keep({}, {(SubjectId(n), ANN): STREAM for n in range(10)}, head=Position(9))
    assert memory.streams([KEY], newcomers=()) == ({KEY: STREAM}, {})
    memory.keep({}, {(SubjectId(11), ANN): STREAM}, head=Position(10))
    assert memory.streams([KEY], newcomers=()) == ({}, {KEY: EMPTY})
    memory.keep({f"{n}": ANN for n in range(VOTERS_REMEMBERED_MAX)}, {}, head=Position(11))
    assert memory.voters(["ann", "1"]) == {}
