"""Previews of any two rules against plain Python, over logs that take weeks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from events.codec import Event
from events.ids import tool_subject
from events.log.connection import Pool
from projections.past.history import start_of
from projections.preview.rules import START, RuleEffect, RulePreview, preview_rule
from projections.preview.weeks import Flip, Verdicts, Week
from projections.rules.rule import Rule
from projections.scores import score_of
from tests.properties.counting import counts, listed
from tests.properties.logs import judge, new_log
from tests.properties.orders import OPENING, Judgement, Named, batches, judgements
from tests.support.comparing import rules
from tests.support.database import admin_connection
from tests.support.examples import tried_with
from tests.support.folds import fold_all, whole_log
from tests.support.oracle import by_stream, is_ballot
from tests.support.raw_log import tamper

EXAMPLES_MAX = 25
SPREAD = "UPDATE log.events SET recorded_at = '2026-03-29'::timestamptz + position / 3 * $1::interval"


def verdicts(log: Sequence[Event], slug: str, before: Rule, after: Rule) -> dict[datetime, Verdicts]:
    """Judge a tool by two rules at the end of each week in which there was a vote, or a ruling on one."""
    ends: dict[datetime, int] = {}
    for (subject, _), stream in by_stream(log).items():
        for event in stream if subject == tool_subject(slug) and is_ballot(stream) else ():
            start = start_of(event.recorded_at, "week")
            ends[start] = max(event.position, ends.get(start, 0))
    return {start: judge_by(log, slug, ends[start], before, after) for start in sorted(ends)}


def judge_by(log: Sequence[Event], slug: str, at: int, before: Rule, after: Rule) -> Verdicts:
    """Judge a tool by two rules as of a position."""
    return (
        before.verdict(counts(log, slug, at=at, known=at, rule=before).crowd),
        after.verdict(counts(log, slug, at=at, known=at, rule=after).crowd),
    )


def flips(judged: dict[datetime, Verdicts]) -> list[Flip]:
    """Tell when a verdict would have been another."""
    found: list[Flip] = []
    for start, (one, other) in judged.items():
        if found and found[-1].until is None and (found[-1].before, found[-1].after) != (one, other):
            found[-1] = replace(found[-1], until=start)
        if one != other and (not found or found[-1].until is not None):
            found.append(Flip(start=start, until=None, before=one, after=other))
    return found


def expected_weeks(pasts: Sequence[dict[datetime, Verdicts]]) -> list[Week]:
    """Look at every week anew, from the beginning."""
    weeks: list[Week] = []
    for start in sorted({start for past in pasts for start in past}):
        last = [[pair for week, pair in past.items() if week <= start][-1:] for past in pasts]
        judged = [pair for found in last for pair in found if pair != (None, None)]
        weeks.append(Week(start, len(judged), sum(one != other for one, other in judged)))
    return weeks


def expected_effects(log: Sequence[Event], before: Rule, after: Rule) -> dict[str, RuleEffect]:
    """Score, rank and judge the tools of today by both rules."""
    head = log[-1].position
    one, other = (
        {slug: counts(log, slug, at=head, known=head, rule=rule) for slug in listed(log)}
        for rule in (before, after)
    )
    ranks_before, ranks_after = (
        rule.ranks({slug: each.crowd for slug, each in found.items()}, votes_min=rule.ranked_votes_min)
        for rule, found in ((before, one), (after, other))
    )
    return {
        slug: RuleEffect(
            tool=slug,
            category="language-models",
            before=score_of(slug, head, one[slug], before),
            after=score_of(slug, head, other[slug], after),
            rank_before=ranks_before.get(slug),
            rank_after=ranks_after.get(slug),
            verdict_before=before.verdict(one[slug].crowd),
            verdict_after=after.verdict(other[slug].crowd),
            flips=flips(verdicts(log, slug, before, after)),
        )
        for slug in listed(log)
    }


async def pages(pool: Pool, before: Rule, after: Rule) -> list[RulePreview]:
    """Read a preview tool by tool."""
    found = [await preview_rule(pool, after, against=before, behind=START, limit=1)]
    while found[-1].next is not None:
        found.append(await preview_rule(pool, after, against=before, behind=found[-1].next, limit=1))
    return found


@tried_with(EXAMPLES_MAX)
@given(
    plan=st.lists(st.tuples(batches, judgements), min_size=1, max_size=4),
    before=rules,
    after=rules,
    pace=st.sampled_from((timedelta(hours=5), timedelta(days=2), timedelta(days=9))),
)
async def test_a_preview_is_the_oracles(
    *,
    plan: list[tuple[Sequence[Named], Sequence[Judgement]]],
    before: Rule,
    after: Rule,
    pace: timedelta,
    server_url: str,
    template: str,
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("projections.preview.weeks.PAGE_ROWS_MAX", 3)
        async with new_log(server_url, template) as (url, pool, (writer, _)):
            await writer.submit([order("own") for order in OPENING])
            for orders, ruled in plan:
                await writer.submit([order("own") for order in orders])
                await judge(pool, writer, ruled)
            async with admin_connection(url) as owner:
                await tamper(owner, SPREAD, pace)
            await fold_all(pool)
            async with pool.acquire() as connection:
                log = await whole_log(connection)
            found = await pages(pool, before, after)
    assert_exact(found, log, before, after)


def assert_exact(found: Sequence[RulePreview], log: Sequence[Event], before: Rule, after: Rule) -> None:
    """Hold all pages of a preview against the oracle, and against each other."""
    wanted = expected_effects(log, before, after)
    weeks = expected_weeks([verdicts(log, slug, before, after) for slug in wanted])
    other_verdict = {slug for slug, each in wanted.items() if each.verdict_before != each.verdict_after}
    for page in found:
        assert page.weeks == weeks
        assert (page.tools, page.verdicts) == (len(wanted), len(other_verdict))
        assert page.ranks == sum(each.rank_before != each.rank_after for each in wanted.values())
    effects = [effect for page in found for effect in page.effects]
    assert {effect.tool: effect for effect in effects} == wanted
    assert {effect.tool for effect in effects[: len(other_verdict)]} == other_verdict
    spans = [flip for effect in effects for flip in effect.flips]
    for week in weeks:
        assert week.flips == sum(
            flip.start <= week.start and (flip.until is None or week.start < flip.until) for flip in spans
        )
