"""A writer's memory is bounded, and believed only as long as it is true."""

from asyncpg.pgproto.pgproto import UUID

from events.ids import NOBODY, ActorId, Position, SubjectId
from events.log.loading import Stream
from events.log.memory import ENTRIES_REMEMBERED_MAX, VOTERS_REMEMBERED_MAX, Memory

ANN = ActorId(UUID(bytes(15) + b"\1"))
BOB = ActorId(UUID(bytes(15) + b"\2"))
KEY = (SubjectId(1), ANN)


def remembering(*, streams_max: int = 10) -> Memory:
    """Return the memory of a writer that moved the head to 5, with a voter and a stream."""
    memory = Memory(streams_max=streams_max)
    memory.face(head=Position(4), erasures=0)
    memory.voters["ann"] = ANN
    memory.streams[KEY] = Stream(1, Position(5), era=memory.era)
    memory.settle(head=Position(5))
    return memory


def is_current(memory: Memory) -> bool:
    """Tell whether the stream needs no look at the log."""
    return memory.streams[KEY].era == memory.era


def test_while_nobody_else_moves_the_head_streams_are_current() -> None:
    memory = remembering()
    memory.face(head=Position(5), erasures=0)
    assert is_current(memory)
    assert memory.voters["ann"] == ANN


def test_once_somebody_else_moved_it_they_are_beginnings_for_good() -> None:
    memory = remembering()
    memory.face(head=Position(6), erasures=0)
    memory.settle(head=Position(7))
    memory.face(head=Position(7), erasures=0)
    assert not is_current(memory)
    assert memory.streams[KEY].version == 1
    assert memory.voters["ann"] == ANN


def test_a_head_that_went_back_is_doubted_too() -> None:
    memory = remembering()
    memory.face(head=Position(3), erasures=0)
    assert not is_current(memory)


def test_an_erasure_makes_all_pseudonyms_doubtful() -> None:
    memory = remembering()
    memory.face(head=Position(5), erasures=1)
    assert memory.voters == {None: None}


def test_it_is_bounded() -> None:
    memory = remembering(streams_max=10)
    memory.streams |= {(SubjectId(n), ANN): Stream() for n in range(10)}
    memory.settle(head=Position(9))
    assert len(memory.streams) == 10
    memory.streams[SubjectId(11), ANN] = Stream()
    memory.settle(head=Position(10))
    assert memory.streams == {}
    memory.voters |= {f"{n}": ANN for n in range(VOTERS_REMEMBERED_MAX)}
    memory.settle(head=Position(11))
    assert memory.voters == {None: None}


def test_tools_outlast_ballots_since_every_vote_stands_on_one() -> None:
    memory = remembering(streams_max=2)
    tool = (SubjectId(1), NOBODY)
    memory.streams |= {tool: Stream(1, Position(1)), (SubjectId(2), ANN): Stream()}
    memory.settle(head=Position(6))
    assert list(memory.streams) == [tool]
    memory.streams |= {(SubjectId(n), NOBODY): Stream() for n in range(ENTRIES_REMEMBERED_MAX + 1)}
    memory.settle(head=Position(7))
    assert memory.streams == {}


def test_what_a_newcomer_says_first_on_a_subject_needs_no_look_at_the_log() -> None:
    memory = remembering()
    memory.welcome([BOB])
    assert [memory.is_first((SubjectId(subject), BOB)) for subject in (1, 2, 1)] == [True, True, False]
    assert not memory.is_first(KEY)


def test_a_newcomer_is_one_only_while_nobody_else_writes() -> None:
    memory = remembering()
    memory.welcome([BOB])
    memory.face(head=Position(6), erasures=0)
    assert not memory.is_first((SubjectId(1), BOB))


def test_a_newcomer_of_a_transaction_that_failed_is_none() -> None:
    memory = remembering()
    memory.welcome([BOB])
    memory.clear()
    assert not memory.is_first((SubjectId(1), BOB))
    memory.welcome([BOB])
    assert memory.is_first((SubjectId(1), BOB))


def test_newcomers_are_bounded_too() -> None:
    memory = remembering()
    memory.welcome(ActorId(UUID(number.to_bytes(16, "big"))) for number in range(VOTERS_REMEMBERED_MAX + 1))
    assert memory.is_first((SubjectId(1), BOB))
    memory.settle(head=Position(6))
    assert not memory.is_first((SubjectId(2), BOB))
