"""Events found by any properties together, against the whole log filtered in plain Python."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, get_args
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from events.codec import Event
from events.facts import AnyFact, PreferenceFact, RulingFact, VoteCast, VoteWithdrawn
from events.ids import Position, tool_subject
from events.log.browsing import look_back
from events.log.connection import Pool
from events.log.describe import DescribedEvent, EventStanding, describe_page
from events.log.finding import Wanted
from events.log.writer import Writer
from events.moderation.batches import order_batch
from events.moderation.ruling import Action
from events.moderation.selection import MODERATED_TYPES
from tests.properties.logs import MODERATED, new_log
from tests.properties.orders import OPENING, TOOLS, VOTERS, Named, batches
from tests.support.examples import tried_with
from tests.support.folds import whole_log
from tests.support.oracle import by_stream
from tests.support.rulings import an_order, rule

EXAMPLES_MAX = 25
QUESTIONS_MIN, QUESTIONS_MAX = 8, 16
FULLY = 0.999
TYPES = sorted(fact.__name__ for fact in get_args(AnyFact))
SLUGS = [*(f"own-{tool}" for tool in TOOLS), "unknown"]

T = TypeVar("T")

Shares = list[float]
"""Which events, as shares of all that there are."""

share = st.floats(0, 1, exclude_max=True)
slugs = st.sampled_from((*SLUGS[:2], *SLUGS))
actions: st.SearchStrategy[tuple[Action, Shares]] = st.tuples(
    st.sampled_from(("retract", "retract", "reinstate")), st.lists(share, min_size=3, max_size=8)
)


class Question(Struct, frozen=True):
    """Properties to ask for: tool and type by name, voter and batch as a share of all there are."""

    tool: str | None
    type: str | None
    voter: float | None
    batch: float | None
    ends: tuple[float, float]
    limit: int
    standing: EventStanding | None


questions = st.lists(
    st.builds(
        Question,
        st.one_of(st.none(), slugs, slugs),
        st.one_of(st.none(), st.none(), st.sampled_from(TYPES)),
        st.one_of(st.none(), st.none(), share),
        st.one_of(st.none(), st.none(), share),
        st.one_of(st.just((0.0, FULLY)), st.tuples(share, share)),
        st.integers(1, 9),
        st.sampled_from((None, *get_args(EventStanding))),
    ),
    min_size=QUESTIONS_MIN,
    max_size=QUESTIONS_MAX,
)


@tried_with(EXAMPLES_MAX)
@given(
    orders=st.lists(batches, min_size=2, max_size=4),
    ruled=st.lists(actions, min_size=1, max_size=3),
    asked=questions,
    looked_at_max=st.sampled_from((300, 0, 2)),
)
async def test_whatever_is_asked_for_is_found_page_by_page_and_selected(
    *,
    orders: Sequence[Sequence[Named]],
    ruled: Sequence[tuple[Action, Shares]],
    asked: Sequence[Question],
    looked_at_max: int,
    server_url: str,
    template: str,
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("events.log.finding.RULINGS_LOOKED_AT_MAX", looked_at_max)
        monkeypatch.setattr("events.log.finding.EVENTS_LOOKED_AT_MAX", looked_at_max)
        monkeypatch.setattr("events.log.browsing.PIECE_EVENTS", 5)
        monkeypatch.setattr("events.log.browsing.PIECES_MAX", 2)
        monkeypatch.setattr("events.log.browsing.RETRACTIONS_MAX", looked_at_max)
        await check(orders, ruled, asked, server_url, template)


async def check(
    orders: Sequence[Sequence[Named]],
    ruled: Sequence[tuple[Action, Shares]],
    asked: Sequence[Question],
    server_url: str,
    template: str,
) -> None:
    """Write a log, and put questions to it."""
    async with new_log(server_url, template) as (_, pool, (writer, _)):
        await writer.submit([each("own") for each in OPENING])
        for some in orders:
            await writer.submit([each("own") for each in some])
        given = [await give(pool, writer, action, shares) for action, shares in ruled]
        async with pool.acquire() as connection:
            log = await whole_log(connection)
        voters = [*await pseudonyms(pool), uuid4()]
        for question in asked:
            wanted = Wanted(
                tool=question.tool,
                type=question.type,
                voter=at(question.voter, voters),
                batch=at(question.batch, [*given, uuid4()]),
            )
            await assert_pages_are_the_log_filtered(pool, log, wanted, question)
            await assert_a_walk_back_finds_the_same_newest_first(pool, log, wanted, question)
            if not wanted.batch and (wanted.type is None or wanted.type in MODERATED_TYPES):
                await assert_selection_is_the_log_filtered(pool, log, wanted, question)


async def give(pool: Pool, writer: Writer, action: Action, shares: Shares) -> UUID:
    """Rule on some of what can be ruled on."""
    async with pool.acquire() as connection:
        positions = [e.position for e in await whole_log(connection) if isinstance(e.fact, MODERATED)]
    asked = an_order(action, positions=[at(each, positions) or 1 for each in shares])
    return (await rule(pool, writer, asked)).id


async def pseudonyms(pool: Pool) -> list[UUID]:
    """Return the voters there are."""
    rows = await pool.fetch("SELECT account, voter_id FROM log.accounts ORDER BY account")
    assert len(rows) <= len(VOTERS)
    return [UUID(int=row["voter_id"].int) for row in rows]


def at(place: float | None, things: Sequence[T]) -> T | None:
    """Return the thing at that share of the way through them."""
    return None if place is None or not things else things[int(place * len(things))]


async def assert_pages_are_the_log_filtered(
    pool: Pool, log: Sequence[Event], wanted: Wanted, question: Question
) -> None:
    """Page through what is found from a place to a place."""
    low, high = bounds(log, question)
    found: list[DescribedEvent] = []
    for _ in range(len(log) + 1):
        after = found[-1].position if found else low
        page = await describe_page(
            pool, after=after, to=high, as_of=Position(len(log)), wanted=wanted, limit=question.limit
        )
        found += page
        if len(page) < question.limit:
            break
    assert [(each.position, each.type) for each in found] == [
        (event.position, type(event.fact).__name__)
        for event in log
        if low < event.position <= high and is_wanted(log, wanted)(event)
    ]


async def assert_a_walk_back_finds_the_same_newest_first(
    pool: Pool, log: Sequence[Event], wanted: Wanted, question: Question
) -> None:
    """Look back from a place to a place, look by look, in pieces that end anywhere."""
    low, high = bounds(log, question)
    head, wanted_standing = Position(len(log)), question.standing
    in_order = await describe_page(pool, after=low, to=high, as_of=head, wanted=wanted)
    found: list[DescribedEvent] = []
    rest: Position | None = high
    looks = 0
    while rest is not None:
        look = await look_back(
            pool,
            after=low,
            to=rest,
            as_of=head,
            wanted=wanted,
            standing=wanted_standing,
            limit=question.limit,
        )
        assert len(look.events) == question.limit or not look.full
        found, rest, looks = found + look.events, look.rest, looks + 1
        assert looks <= len(log) + 1
    assert found == [
        event for event in reversed(in_order) if wanted_standing is None or event.standing == wanted_standing
    ]


async def assert_selection_is_the_log_filtered(
    pool: Pool, log: Sequence[Event], wanted: Wanted, question: Question
) -> None:
    """Order a batch of the same, and look at what it is about."""
    low, high = bounds(log, question)
    properties: dict[str, Any] = {"tool": wanted.tool, "type": wanted.type, "voter": wanted.voter}
    asked = an_order("retract", **properties, after_position=low, before_position=high + 1)
    await order_batch(pool, asked)
    rows = await pool.fetch("SELECT position FROM log.targets WHERE batch = $1 ORDER BY position", asked.id)
    assert [row["position"] for row in rows] == [
        event.position
        for event in log
        if low < event.position <= high
        and isinstance(event.fact, MODERATED)
        and is_wanted(log, wanted)(event)
    ]


def bounds(log: Sequence[Event], question: Question) -> tuple[Position, Position]:
    """Return the positions that a question is about: above the first, up to the second."""
    low, high = sorted(int(end * (len(log) + 1)) for end in question.ends)
    return Position(low), Position(high)


def is_wanted(log: Sequence[Event], wanted: Wanted) -> Callable[[Event], bool]:
    """Tell an event with all these properties from others."""
    streams = by_stream(log)

    def check(event: Event) -> bool:
        first = streams[event.subject_id, event.actor_id][0].fact
        pair = {first.left, first.right} if isinstance(first, PreferenceFact) else set[str]()
        about = wanted.tool in pair or event.subject_id == tool_subject(wanted.tool or "")
        by = isinstance(event.fact, VoteCast | VoteWithdrawn | PreferenceFact) and (
            event.actor_id == wanted.voter
        )
        batch = event.fact.batch if isinstance(event.fact, RulingFact) else None
        return (
            (wanted.tool is None or about)
            and (wanted.type is None or type(event.fact).__name__ == wanted.type)
            and (wanted.voter is None or by)
            and (wanted.batch is None or batch == str(wanted.batch))
        )

    return check
