"""The past against a plain-Python oracle: both kinds, at every position, by any clock and cell."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.codec import Event
from events.facts import RulingFact, VoteCast, VoteWithdrawn
from events.ids import Position, tool_subject
from events.log.connection import Pool
from projections.install import migrate
from projections.past.changes import NEWEST, Burst, RulingsChange, read_changes
from projections.past.counts import count_at, read_past_score
from projections.past.history import Unit, read_history, start_of
from projections.past.matchups import NONE, read_matchups
from projections.past.moments import open_state
from projections.past.panel import read_panels
from projections.scores import score_of
from tests.properties.counting import SLUGS, counts, preferences
from tests.properties.logs import judge, new_log
from tests.properties.orders import OPENING, Judgement, Named, adoptions, batches, judgements
from tests.support.database import admin_connection
from tests.support.examples import tried_with
from tests.support.folds import fold_all, whole_log
from tests.support.oracle import by_stream, is_ballot, is_review, rule_at
from tests.support.raw_log import tamper

EXAMPLES_MAX = 20
UNITS: Sequence[Unit] = ("hour", "day", "week")
SPREAD = "UPDATE log.events SET recorded_at = '2026-03-29'::timestamptz + position / 2 * $1::interval"

plans = st.lists(st.tuples(batches, judgements, adoptions), min_size=1, max_size=4)


def about(log: Sequence[Event], slug: str) -> list[Event]:
    """Return the votes and reviews of a tool, and the rulings on them."""
    return [
        event
        for (subject, _), stream in by_stream(log).items()
        if subject == tool_subject(slug) and (is_ballot(stream) or is_review(stream))
        for event in stream
    ]


@tried_with(EXAMPLES_MAX)
@given(
    plan=plans,
    page=st.integers(1, 40),
    cell=st.integers(1, 12),
    pace=st.sampled_from((timedelta(seconds=1), timedelta(minutes=25), timedelta(hours=15))),
)
async def test_the_past_is_exact_at_every_position(
    *,
    plan: list[tuple[Sequence[Named], Sequence[Judgement], Sequence[Named]]],
    page: int,
    cell: int,
    pace: timedelta,
    server_url: str,
    template: str,
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", page)
        monkeypatch.setattr("projections.cells.CELL_EVENTS", cell)
        async with new_log(server_url, template) as (url, pool, (writer, _)):
            await migrate(url)
            await writer.submit([order("own") for order in OPENING])
            for orders, ruled, adopted in plan:
                await writer.submit([order("own") for order in (*orders, *adopted)])
                await judge(pool, writer, ruled)
            async with admin_connection(url) as owner:
                await tamper(owner, SPREAD, pace)
            await fold_all(pool)
            async with pool.acquire() as connection:
                log = await whole_log(connection)
            await assert_every_position_is_exact(pool, log)
            await assert_matchups_are_exact(pool, log)
            for slug in SLUGS:
                for unit in UNITS:
                    await assert_history_is_exact(pool, log, slug, unit)
                await assert_changes_are_exact(pool, log, slug, limit=page)


async def assert_every_position_is_exact(pool: Pool, log: Sequence[Event]) -> None:
    """Look at both pasts of all tools at every position, and at the times of some."""
    head = len(log)
    async with open_state(pool) as state:
        panels = await read_panels(state, [tool_subject(slug) for slug in SLUGS])
        for at in range(head + 1):
            for corrected in (False, True):
                found = await count_at(state, panels, position=Position(at), corrected=corrected)
                known = head if corrected else at
                wanted = {tool_subject(slug): counts(log, slug, at=at, known=known) for slug in SLUGS}
                assert found == wanted, f"{corrected=} at {at}"
    for time in {event.recorded_at for event in log}:
        at = max(event.position for event in log if event.recorded_at <= time)
        wanted = score_of(SLUGS[0], at, counts(log, SLUGS[0], at=at, known=at), rule_at(log, at))
        assert await read_past_score(pool, SLUGS[0], at=time) == wanted
    for slug in SLUGS:
        wanted = score_of(slug, Position(head), counts(log, slug, at=head, known=head), rule_at(log, head))
        assert await read_past_score(pool, slug, at=Position(head + 5), corrected=True) == wanted


async def assert_matchups_are_exact(pool: Pool, log: Sequence[Event]) -> None:
    """Look at both pasts of a pair's matchups at every position, and at the present."""
    left, right = SLUGS
    head = len(log)
    for at in range(head + 1):
        for corrected in (False, True):
            wanted = {
                context: preferences(log, context, at=at, known=head if corrected else at)
                for context in ("code", "overall")
            }
            found = await read_matchups(pool, left, right, at=Position(at), corrected=corrected)
            assert found.position == at
            assert found.contexts == {name: each for name, each in wanted.items() if each != NONE}
    now = await read_matchups(pool, left, right)
    assert now == await read_matchups(pool, left, right, at=Position(head))


async def assert_history_is_exact(pool: Pool, log: Sequence[Event], slug: str, unit: Unit) -> None:
    """Look at every bucket in which anything happened."""
    events = about(log, slug)
    starts = sorted({start_of(event.recorded_at, unit) for event in events})
    history = await read_history(pool, slug, unit=unit)
    assert [bucket.start for bucket in history.buckets] == starts
    for bucket in history.buckets:
        here = [event for event in events if start_of(event.recorded_at, unit) == bucket.start]
        assert bucket.votes == sum(isinstance(event.fact, VoteCast | VoteWithdrawn) for event in here)
        at = max(event.position for event in here)
        assert (bucket.position, bucket.rule) == (at, rule_at(log, at))
        assert bucket.published == counts(log, slug, at=at, known=at)
        assert bucket.corrected == counts(log, slug, at=at, known=len(log))


async def assert_changes_are_exact(pool: Pool, log: Sequence[Event], slug: str, *, limit: int) -> None:
    """Page through all changes: each event of a vote and each ruling is in one of them, once."""
    found: list[Burst | RulingsChange] = []
    page = await read_changes(pool, slug, before=NEWEST, limit=limit)
    found += page.changes
    while page.next is not None:
        page = await read_changes(pool, slug, before=page.next, limit=limit)
        assert page.changes
        found += page.changes
    events = about(log, slug)
    rulings = [event.fact for event in events if isinstance(event.fact, RulingFact)]
    votes = [event for event in events if isinstance(event.fact, VoteCast | VoteWithdrawn)]
    batches = [change for change in found if isinstance(change, RulingsChange)]
    assert {batch.batch: batch.events for batch in batches} == {
        batch: sum(fact.batch == batch for fact in rulings) for batch in {fact.batch for fact in rulings}
    }
    assert sum(change.votes for change in found if isinstance(change, Burst)) == len(votes)
    ends = [change.position if isinstance(change, Burst) else change.last_position for change in found]
    assert ends == sorted(ends, reverse=True)
    for change in found:
        for score in (change.before, change.after):
            at = score.position
            assert score == score_of(slug, at, counts(log, slug, at=at, known=at), rule_at(log, at))
