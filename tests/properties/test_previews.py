"""Previews of batches against plain Python, and plain Python against what the batches then do."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from events.codec import Event
from events.facts import EventReinstated, EventRetracted, PreferenceFact, RulingFact, VoteCast, VoteWithdrawn
from events.ids import Position, matchup_subject, tool_subject
from events.log.connection import Pool
from events.log.writer import Writer
from events.moderation.batches import Batch
from events.moderation.orders import BatchOrder
from events.moderation.selection import MODERATED_TYPES
from projections.preview.effects import Effect, MatchupEffect, Preview, preview
from projections.scores import score_of
from tests.properties.counting import SLUGS, counts, listed, preferences
from tests.properties.logs import MODERATED, judge, new_log
from tests.properties.orders import OPENING, Judgement, Named, adoptions, batches, judgements, orders, votes
from tests.support.examples import tried_with
from tests.support.folds import fold_all, whole_log
from tests.support.oracle import by_stream, rule_at, rulings
from tests.support.rulings import an_order, rule

EXAMPLES_MAX = 20
QUESTIONS = 3
POSITIONS_MAX = 6
CATEGORY = "language-models"
CONTEXTS = ("code", "overall")

many = st.lists(st.one_of(votes, orders), min_size=12, max_size=30)  # so that ballots hold several events
plans = st.lists(st.tuples(many, judgements, adoptions, batches, judgements), min_size=1, max_size=3)


@tried_with(EXAMPLES_MAX)
@given(plan=plans, data=st.data())
async def test_a_preview_says_what_the_batch_would_do_and_it_does(
    *,
    plan: list[
        tuple[Sequence[Named], Sequence[Judgement], Sequence[Named], Sequence[Named], Sequence[Judgement]]
    ],
    data: st.DataObject,
    server_url: str,
    template: str,
) -> None:
    async with new_log(server_url, template) as (_, pool, (writer, _)):
        await writer.submit([order("own") for order in OPENING])
        done: list[Batch] = []
        for some, ruled, adopted, late, ruled_late in plan:
            await writer.submit([order("own") for order in (*some, *adopted)])
            await judge(pool, writer, ruled)
            await fold_all(pool)
            known = len(await read_log(pool))
            await writer.submit([order("own") for order in late])
            await judge(pool, writer, ruled_late)
            log = await read_log(pool)
            asked = [draw_order(data, log, done) for _ in range(QUESTIONS)]
            for each in asked:  # what nobody has folded yet is not there
                await assert_preview_is_exact(pool, log[:known], each)
            await fold_all(pool)
            for each in asked:
                await assert_preview_is_exact(pool, log, each)
            done.append(await assert_it_is_done(pool, writer, log, asked[-1]))


async def read_log(pool: Pool) -> list[Event]:
    """Read every event there is."""
    async with pool.acquire() as connection:
        return await whole_log(connection)


def draw_order(data: st.DataObject, log: Sequence[Event], done: Sequence[Batch]) -> BatchOrder:
    """Draw positions, or properties that events have, or a batch to take back."""
    if done and data.draw(st.booleans()):
        batch = data.draw(st.sampled_from(done))
        return an_order("reinstate" if batch.action == "retract" else "retract", reverts=batch.id)
    action = data.draw(st.sampled_from(("retract", "retract", "reinstate")))
    places = st.sampled_from([event.position for event in log])
    if data.draw(st.booleans()):
        return an_order(
            action, positions=data.draw(st.lists(places, min_size=1, max_size=POSITIONS_MAX, unique=True))
        )
    voters = [event.actor_id for event in log if isinstance(event.fact, VoteCast | PreferenceFact)]
    possible: dict[str, st.SearchStrategy[Any]] = {
        "tool": st.sampled_from(SLUGS),
        "type": st.sampled_from(MODERATED_TYPES),
        "after_position": places,
        "before_position": places,
    } | ({"voter": st.sampled_from(voters)} if voters else {})
    asked = data.draw(st.sets(st.sampled_from(sorted(possible)), min_size=1, max_size=3))
    return an_order(action, **{name: data.draw(possible[name], label=name) for name in sorted(asked)})


async def assert_preview_is_exact(pool: Pool, log: Sequence[Event], asked: BatchOrder) -> None:
    """Preview an order, and let it be taken in plain Python."""
    targets = [event for event in log if is_meant(event, log, asked)]
    found = await preview(pool, asked)
    assert found == expected(log, asked, targets)


async def assert_it_is_done(pool: Pool, writer: Writer, log: Sequence[Event], asked: BatchOrder) -> Batch:
    """Give a batch, and find in the log what plain Python has."""
    batch = await rule(pool, writer, asked)
    targets = [event for event in log if is_meant(event, log, asked)]
    assert batch.matched == len(targets)
    given = [event.fact for event in (await read_log(pool))[len(log) :]]
    assert given == [event.fact for event in ruled_on(log, asked, targets)]
    return batch


def is_meant(event: Event, log: Sequence[Event], asked: BatchOrder) -> bool:
    """Tell whether an order is about an event of a log."""
    fact, select = event.fact, asked.select
    if select is None:
        batch = str(asked.reverts)
        return any(
            isinstance(ruling.fact, RulingFact)
            and (ruling.fact.batch, ruling.fact.target) == (batch, event.position)
            for ruling in log
        )
    about = {fact.left, fact.right} if isinstance(fact, PreferenceFact) else set[str]()
    about |= {slug for slug in SLUGS if tool_subject(slug) == event.subject_id}
    by = event.actor_id if isinstance(fact, VoteCast | VoteWithdrawn | PreferenceFact) else None
    return (
        isinstance(fact, MODERATED)
        and (select.positions is None or event.position in select.positions)
        and (select.tool is None or select.tool in about)
        and (select.voter is None or select.voter == by)
        and (select.type is None or select.type == type(fact).__name__)
        and (select.after_position is None or event.position > select.after_position)
        and (select.before_position is None or event.position < select.before_position)
    )


def ruled_on(log: Sequence[Event], asked: BatchOrder, targets: Sequence[Event]) -> list[Event]:
    """Return the rulings that a batch would append to a log."""
    kind = EventRetracted if asked.action == "retract" else EventReinstated
    streams = by_stream(log)
    given: list[Event] = []
    for target in targets:
        last = rulings(streams[target.subject_id, target.actor_id], known=len(log)).get(target.position)
        if isinstance(last, EventRetracted) == (kind is EventRetracted):
            continue
        if asked.reverts is not None and (last is None or last.batch != str(asked.reverts)):
            continue
        fact = kind(target=target.position, batch=str(asked.id), reason=asked.reason, note=asked.note)
        given.append(replace(target, position=Position(len(log) + len(given) + 1), fact=fact))
    return given


def expected(log: Sequence[Event], asked: BatchOrder, targets: Sequence[Event]) -> Preview:
    """Preview a batch by giving it."""
    given = ruled_on(log, asked, targets)
    rulings_on = Counter(event.subject_id for event in given)
    states = log, [*log, *given]
    effects = [
        effect(*states, slug, rulings=rulings_on[tool_subject(slug)])
        for slug in SLUGS
        if tool_subject(slug) in rulings_on
    ]
    matchups = [
        matchup_effect(*states, context, rulings=rulings_on[matchup_subject(*SLUGS, context)])
        for context in CONTEXTS
        if matchup_subject(*SLUGS, context) in rulings_on
    ]
    return Preview(
        position=Position(len(log)),
        matched=len(targets),
        effects=sorted(effects, key=lambda each: -each.rulings),
        matchups=sorted(matchups, key=lambda each: -each.rulings),
    )


def effect(log: Sequence[Event], then: Sequence[Event], slug: str, *, rulings: int) -> Effect:
    """Count, rank and judge a tool in two states of the log."""
    by = rule_at(log, len(log))
    before, after = (
        {each: counts(state, each, at=len(state), known=len(state)) for each in SLUGS}
        for state in (log, then)
    )
    ranks_before, ranks_after = (
        by.ranks({each: found[each].crowd for each in listed(log)}, votes_min=by.ranked_votes_min)
        for found in (before, after)
    )
    return Effect(
        tool=slug,
        category=CATEGORY,
        rulings=rulings,
        before=score_of(slug, Position(len(log)), before[slug], by),
        after=score_of(slug, Position(len(log)), after[slug], by),
        rank_before=ranks_before.get(slug),
        rank_after=ranks_after.get(slug),
        verdict_before=by.verdict(before[slug].crowd),
        verdict_after=by.verdict(after[slug].crowd),
    )


def matchup_effect(
    log: Sequence[Event], then: Sequence[Event], context: str, *, rulings: int
) -> MatchupEffect:
    """Count what is preferred in a context in two states of the log."""
    left, right = SLUGS
    return MatchupEffect(
        left=left,
        right=right,
        context=context,
        rulings=rulings,
        before=preferences(log, context, at=len(log), known=len(log)),
        after=preferences(then, context, at=len(then), known=len(then)),
    )
