"""Stories of each event and each voter, against the whole log in plain Python."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.codec import CODEC, Event
from events.facts import EventRetracted, PreferenceFact, RulingFact, VoteCast, VoteWithdrawn
from events.ids import Position
from events.log.connection import Connection, Pool
from events.log.describe import describe_page
from events.log.story import read_story
from events.log.voter import VoterRecord, read_voter
from projections.agreement import Agreement, Agreements, Vote, read_agreements
from projections.rules.registry import FIRST
from tests.properties.logs import judge, new_log
from tests.properties.orders import OPENING, Judgement, Named, batches, judgements
from tests.support.examples import tried_with
from tests.support.folds import fold_all, whole_log
from tests.support.oracle import (
    Streams,
    by_stream,
    choice,
    is_anonymous,
    is_ballot,
    is_review,
    rulings,
    standing,
)

EXAMPLES_MAX = 15


@tried_with(EXAMPLES_MAX)
@given(orders=st.lists(batches, min_size=2, max_size=4), ruled=judgements, around=st.sampled_from((100, 1)))
async def test_every_events_story_and_every_voters_record_are_as_the_log_has_them(
    *,
    orders: Sequence[Sequence[Named]],
    ruled: Sequence[Judgement],
    around: int,
    server_url: str,
    template: str,
) -> None:
    async with new_log(server_url, template) as (_, pool, (writer, _)):
        for some in (OPENING, *orders):
            await writer.submit([each("own") for each in some])
        await judge(pool, writer, ruled)
        await fold_all(pool)
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr("events.log.story.NEIGHBOURS_MAX", around)
            await check(pool, around)


async def check(pool: Pool, around: int) -> None:
    """Ask for everything that the log holds."""
    async with pool.acquire() as connection:
        log = await whole_log(connection)
        streams = by_stream(log)
        await assert_stories_are_told(connection, log, streams, around)
        voters = {event.actor_id for event in log if isinstance(event.fact, VoteCast | PreferenceFact)}
        for voter in voters:
            record = await read_voter(connection, UUID(int=voter.int), to=Position(len(log)))
            assert_record_is_the_log_filtered(record, log, streams, voter)
            assert await read_agreements(pool, votes_of(record)) == agreements(streams, voter, len(log))


async def assert_stories_are_told(
    connection: Connection, log: Sequence[Event], streams: Streams, around: int
) -> None:
    """Read each event's story."""
    head = Position(len(log))
    described = await describe_page(connection, after=Position(0), to=head, as_of=head)
    for event in log:
        stream = streams[event.subject_id, event.actor_id]
        story = await read_story(connection, event.position, as_of=head)
        assert story is not None
        assert story.event == described[event.position - 1]
        assert story.stored == CODEC.canonical(event).decode()
        near = [e.position for e in stream if abs(e.version - event.version) <= around]
        assert [each.position for each in story.stream] == near
        assert story.earlier + len(near) + story.later == len(stream)
        last = [e for e in stream if isinstance(e.fact, RulingFact) and e.fact.target == event.position][-1:]
        assert [story.ruling] == ([described[last[0].position - 1]] if last else [None])
        after = [described[e.position - 1] for e in stream if takes_its_place(e, event, stream)]
        assert (story.event.standing == "superseded") == (bool(after) and not is_retracted(event, stream))
        assert story.successor == (after[0] if story.event.standing == "superseded" else None)
    assert await read_story(connection, Position(len(log) + 1), as_of=head) is None


def takes_its_place(later: Event, event: Event, stream: Sequence[Event]) -> bool:
    """Tell whether one event of a stream takes another's place."""
    if later.position <= event.position or isinstance(later.fact, RulingFact) != isinstance(
        event.fact, RulingFact
    ):
        return False
    if isinstance(later.fact, RulingFact) and isinstance(event.fact, RulingFact):
        return later.fact.target == event.fact.target
    return not is_retracted(later, stream)


def is_retracted(event: Event, stream: Sequence[Event]) -> bool:
    """Tell whether the last ruling on an event is a retraction."""
    return isinstance(rulings(stream, known=stream[-1].position).get(event.position), EventRetracted)


def assert_record_is_the_log_filtered(
    record: VoterRecord, log: Sequence[Event], streams: Streams, voter: object
) -> None:
    """Hold a voter's record against what the log has of them."""
    own = [each for (_, actor), each in streams.items() if actor == voter]
    last = {target: fact for stream in own for target, fact in rulings(stream, known=len(log)).items()}
    said = [
        event
        for event in reversed(log)
        if event.actor_id == voter and isinstance(event.fact, VoteCast | VoteWithdrawn | PreferenceFact)
    ]
    assert record.whole
    assert [(each.position, each.retracted) for each in record.said] == [
        (event.position, isinstance(last.get(event.position), EventRetracted)) for event in said
    ]
    stands = [standing(stream, at=len(log), known=len(log)) for stream in own]
    assert [each.position for each in record.standing()] == sorted(
        (event.position for event in stands if event and choice(event)), reverse=True
    )


def votes_of(record: VoterRecord) -> list[Vote]:
    """Return the votes on tools that count."""
    return [
        Vote(
            subject_id=said.subject_id,
            position=said.position,
            ship=said.choice == "ship",
            anonymous=said.anonymous,
        )
        for said in record.standing()
        if said.type == VoteCast.__name__
    ]


def agreements(streams: Streams, voter: object, head: int) -> Agreements:
    """Count how often others' majority says what a voter says."""
    crowd, panel = [0, 0], [0, 0]
    for (subject, actor), stream in streams.items():
        own = choice(standing(stream, at=head, known=head))
        if actor != voter or not is_ballot(stream) or own is None:
            continue
        for is_theirs, counts in ((is_counted_ballot, crowd), (is_review, panel)):
            others = [
                choice(standing(other, at=head, known=head))
                for (about, who), other in streams.items()
                if about == subject and who != voter and is_theirs(other)
            ]
            ship, skip = others.count("ship"), others.count("skip")
            counts[0] += ship != skip and own == ("ship" if ship > skip else "skip")
            counts[1] += ship != skip
    return Agreements(Agreement(*crowd), Agreement(*panel))


def is_counted_ballot(stream: Sequence[Event]) -> bool:
    """Tell a vote that counts by the first rule."""
    return is_ballot(stream) and (FIRST.counts_anonymous or not is_anonymous(stream))
