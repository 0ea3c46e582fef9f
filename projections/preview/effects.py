"""The effect of a batch on each tool and matchup: score, rank and verdict, before and after."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence

from asyncpg import Record
from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Connection, Pool
from events.moderation.orders import BatchOrder
from projections.past import sql as past
from projections.past.counts import count_at
from projections.past.matchups import Preferences, count_matchups
from projections.past.moments import State, open_state
from projections.past.panel import read_panels
from projections.preview import sql
from projections.preview.changes import BatchChanges, read_batch_changes
from projections.preview.crowd import rank_categories
from projections.rules.rule import Rule, Verdict
from projections.scores import Counts, Score, score_of


class Effect(Struct, frozen=True, kw_only=True):
    """The effect of a batch on one tool.

    Attributes:
        rulings: Votes and reviews of this tool that it would rule on.
        rank_before: Among the tools listed in its category, as its leaderboard by community has it.
    """

    tool: str
    category: str
    rulings: int
    before: Score
    after: Score
    rank_before: str | None = None
    rank_after: str | None = None
    verdict_before: Verdict | None = None
    verdict_after: Verdict | None = None


class MatchupEffect(Struct, frozen=True, kw_only=True):
    """The effect of a batch on one matchup: the preferences before and after."""

    left: str
    right: str
    context: str
    rulings: int
    before: Preferences
    after: Preferences


class Preview(Struct, frozen=True):
    """The effects of a batch, if it were given at a position.

    Attributes:
        position: Everything up to here was looked at.
        matched: Events it would be about, those included that stand so already.
        effects: The tools it would rule on, those with the most rulings first.
        matchups: The matchups it would rule on, those with the most rulings first.
    """

    position: Position
    matched: int
    effects: list[Effect]
    matchups: list[MatchupEffect]


class _Tools(Struct, frozen=True):
    """The tools that a batch is about, and those listed beside them.

    Attributes:
        named: Slug and category of each tool that the batch is about.
        categories: The tools listed in the categories of these.
        counts: The counts of all of them.
    """

    named: Mapping[SubjectId, Record]
    categories: Sequence[Sequence[SubjectId]]
    counts: Mapping[SubjectId, Counts]


class _Judgement(Struct, frozen=True):
    score: Score
    rank: str | None
    verdict: Verdict | None


async def preview(pool: Pool, asked: BatchOrder) -> Preview:
    """Find out what an order would change, without writing anything."""
    async with open_state(pool, scratch=True) as state:
        changes = await read_batch_changes(state, asked)
        tools = await _read_tools(state, list(changes.sums))
        return Preview(
            state.known,
            changes.matched,
            await asyncio.to_thread(_effects, state, tools, changes),
            await _matchup_effects(state, changes),
        )


async def _read_tools(state: State, subjects: Sequence[SubjectId]) -> _Tools:
    """Read those among the subjects that are tools."""
    rows = await state.connection.fetch(sql.select_tools, subjects)
    named = {SubjectId(row["subject_id"]): row for row in rows}
    categories = await _categories(state.connection, {row["category"] for row in rows})
    everyone = {*named, *(subject for listed in categories for subject in listed)}
    panels = await read_panels(state, list(everyone))
    return _Tools(named, categories, await count_at(state, panels, position=state.known))


async def _categories(connection: Connection, names: set[str]) -> list[list[SubjectId]]:
    """Read which tools are listed in each of these categories."""
    found = [await connection.fetch(past.select_category, name) for name in names]
    return [[SubjectId(row["subject_id"]) for row in rows] for rows in found]


def _judge(state: State, tools: _Tools, counts: Mapping[SubjectId, Counts]) -> Mapping[SubjectId, _Judgement]:
    """Judge the tools that the batch is about by these counts, ranked among those listed beside them."""
    rule = state.rules.at(state.known)
    ranks = rank_categories(
        rule, [{each: counts[each].crowd for each in listed} for listed in tools.categories]
    )
    return {
        subject: _Judgement(
            score_of(tool["slug"], state.known, counts[subject], rule),
            ranks.get(subject),
            rule.verdict(counts[subject].crowd),
        )
        for subject, tool in tools.named.items()
    }


def _effects(state: State, tools: _Tools, changes: BatchChanges) -> list[Effect]:
    rule = state.rules.at(state.known)
    changed = {each: _changed(tools.counts[each], each, changes, rule) for each in tools.named}
    before, after = (_judge(state, tools, counts) for counts in (tools.counts, {**tools.counts, **changed}))
    found = [
        Effect(
            tool=tools.named[each]["slug"],
            category=tools.named[each]["category"],
            rulings=changes.sums[each]["rulings"],
            before=before[each].score,
            after=after[each].score,
            rank_before=before[each].rank,
            rank_after=after[each].rank,
            verdict_before=before[each].verdict,
            verdict_after=after[each].verdict,
        )
        for each in tools.named
    ]
    return sorted(found, key=lambda effect: (-effect.rulings, effect.tool))


async def _matchup_effects(state: State, changes: BatchChanges) -> list[MatchupEffect]:
    rows = await state.connection.fetch(sql.select_matchups, list(changes.sums))
    matchups = {SubjectId(row["subject_id"]): row for row in rows}
    tallies = await count_matchups(state, matchups, position=state.known)
    rule = state.rules.at(state.known)
    found: list[MatchupEffect] = []
    for subject, matchup in matchups.items():
        before, change = tallies[subject], changes.sums[subject]
        after = Preferences(
            left_wins=before.left_wins + _counted(change, "left", rule),
            right_wins=before.right_wins + _counted(change, "right", rule),
            ties=before.ties + _counted(change, "tie", rule),
            anonymous=before.anonymous
            + sum(change["anonymous_" + word] for word in ("left", "right", "tie")),
            excluded=_excluded(before.excluded, changes.excluded[subject]),
        )
        found.append(
            MatchupEffect(
                left=matchup["left_slug"],
                right=matchup["right_slug"],
                context=matchup["context"],
                rulings=change["rulings"],
                before=before,
                after=after,
            )
        )
    return sorted(found, key=lambda each: (-each.rulings, each.left, each.right, each.context))


def _changed(counts: Counts, subject: SubjectId, changes: BatchChanges, rule: Rule) -> Counts:
    change = changes.sums[subject]
    return Counts(
        panel_ship=counts.panel_ship + change["panel_ship"],
        panel_skip=counts.panel_skip + change["panel_skip"],
        ship=counts.ship + _counted(change, "ship", rule),
        skip=counts.skip + _counted(change, "skip", rule),
        anonymous_ship=counts.anonymous_ship + change["anonymous_ship"],
        anonymous_skip=counts.anonymous_skip + change["anonymous_skip"],
        excluded=_excluded(counts.excluded, changes.excluded[subject]),
    )


def _excluded(before: Mapping[str, int], change: Mapping[str, int]) -> dict[str, int]:
    after = dict(before)
    for reason, votes in change.items():
        after[reason] = after.get(reason, 0) + votes
    return {reason: votes for reason, votes in after.items() if votes}


def _counted(change: Counter[str], word: str, rule: Rule) -> int:
    """Return by how much the votes that say this and count by the rule would change."""
    return rule.counted(change[word], anonymous=change["anonymous_" + word])
