"""What would become of each tool and matchup: score, rank and verdict, before and after."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from asyncpg import Record
from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Connection, Pool
from events.moderation import sql as moderation
from events.moderation.batches import Order, insert_targets
from projections.past import sql as past
from projections.past.counts import count_at
from projections.past.matchups import Preferences, count_matchups
from projections.past.moments import State, open_state
from projections.past.panel import read_panels
from projections.preview import sql
from projections.preview.crowd import rank_categories
from projections.rules.rule import Rule, Verdict
from projections.scores import Counts, Score, score_of

Tallies = Mapping[SubjectId, Counts]

Exclusions = Mapping[SubjectId, Mapping[str, int]]
"""By how much the votes that do not count change, by subject and reason."""


class Effect(Struct, frozen=True, kw_only=True):
    """What a batch would do to one tool.

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
    """What a batch would do to one matchup: the preferences in it before and after."""

    left: str
    right: str
    context: str
    rulings: int
    before: Preferences
    after: Preferences


class Preview(Struct, frozen=True):
    """What a batch would do if it were given at a position.

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


async def preview(pool: Pool, asked: Order) -> Preview:
    """Find out what an order would change, without writing anything."""
    async with open_state(pool, scratch=True) as state:
        connection = state.connection
        await connection.execute(moderation.create_targets)
        await connection.execute(sql.create_said)
        await insert_targets(connection, asked, head=state.known)
        await connection.execute("ANALYZE targets")
        matched = await connection.fetchval(sql.count_targets)
        reverts = None if asked.reverts is None else str(asked.reverts)
        await connection.execute(sql.insert_said, state.known, asked.action == "retract", reverts)
        changes = await connection.fetch(sql.select_effects)
        exclusions: dict[SubjectId, Counter[str]] = defaultdict(Counter)
        for subject_id, reason, votes in await connection.fetch(sql.select_exclusions, asked.reason):
            exclusions[subject_id][reason] += votes
        effects = await _effects(state, changes, exclusions)
        return Preview(state.known, matched, effects, await _matchup_effects(state, changes, exclusions))


async def _effects(state: State, changes: Sequence[Record], exclusions: Exclusions) -> list[Effect]:
    subjects = [row["subject_id"] for row in changes]
    tools = {row["subject_id"]: row for row in await state.connection.fetch(sql.select_tools, subjects)}
    effects = [row for row in changes if row["subject_id"] in tools]
    subjects = list(tools)
    categories = await _categories(state.connection, {row["category"] for row in tools.values()})
    everyone = {*subjects, *(subject for listed in categories for subject in listed)}
    before = await count_at(state, await read_panels(state, list(everyone)), position=state.known)
    rule = state.rules.at(state.known)
    after = _changed(before, effects, exclusions, rule)
    ranks_before, ranks_after = (
        rank_categories(rule, [{subject: tallies[subject].crowd for subject in each} for each in categories])
        for tallies in (before, after)
    )
    found: list[Effect] = []
    for row in effects:
        subject = row["subject_id"]
        slug, counts, then = tools[subject]["slug"], before[subject], after[subject]
        effect = Effect(
            tool=slug,
            category=tools[subject]["category"],
            rulings=row["rulings"],
            before=score_of(slug, state.known, counts, rule),
            after=score_of(slug, state.known, then, rule),
            rank_before=ranks_before.get(subject),
            rank_after=ranks_after.get(subject),
            verdict_before=rule.verdict(counts.crowd),
            verdict_after=rule.verdict(then.crowd),
        )
        found.append(effect)
    return sorted(found, key=lambda effect: (-effect.rulings, effect.tool))


async def _categories(connection: Connection, names: set[str]) -> list[list[SubjectId]]:
    """Read which tools are listed in each of these categories."""
    found = [await connection.fetch(past.select_category, name) for name in names]
    return [[SubjectId(row["subject_id"]) for row in rows] for rows in found]


async def _matchup_effects(
    state: State, changes: Sequence[Record], exclusions: Exclusions
) -> list[MatchupEffect]:
    subjects = [row["subject_id"] for row in changes]
    named = {row["subject_id"]: row for row in await state.connection.fetch(sql.select_matchups, subjects)}
    tallies = await count_matchups(state, named, position=state.known)
    rule = state.rules.at(state.known)
    found: list[MatchupEffect] = []
    for row in changes:
        subject = row["subject_id"]
        if subject not in named:
            continue
        before, matchup = tallies[subject], named[subject]
        after = Preferences(
            left=before.left + _counted(row, "ship", rule),
            right=before.right + _counted(row, "skip", rule),
            tie=before.tie + _counted(row, "tie", rule),
            anonymous=before.anonymous + sum(row["anonymous_" + word] for word in ("ship", "skip", "tie")),
            excluded=_excluded(before.excluded, exclusions[subject]),
        )
        found.append(
            MatchupEffect(
                left=matchup["left_slug"],
                right=matchup["right_slug"],
                context=matchup["context"],
                rulings=row["rulings"],
                before=before,
                after=after,
            )
        )
    return sorted(found, key=lambda each: (-each.rulings, each.left, each.right, each.context))


def _excluded(before: Mapping[str, int], change: Mapping[str, int]) -> dict[str, int]:
    after = Counter(before)
    after.update(change)
    return {reason: votes for reason, votes in after.items() if votes}


def _counted(row: Record, word: str, rule: Rule) -> int:
    """Return by how much the votes that say this and count by the rule would change."""
    return rule.counted(row[word], anonymous=row["anonymous_" + word])


def _changed(before: Tallies, effects: Sequence[Record], exclusions: Exclusions, rule: Rule) -> Tallies:
    after = dict(before)
    for row in effects:
        counts = before[row["subject_id"]]
        after[row["subject_id"]] = Counts(
            panel_ship=counts.panel_ship + row["panel_ship"],
            panel_skip=counts.panel_skip + row["panel_skip"],
            ship=counts.ship + _counted(row, "ship", rule),
            skip=counts.skip + _counted(row, "skip", rule),
            anonymous_ship=counts.anonymous_ship + row["anonymous_ship"],
            anonymous_skip=counts.anonymous_skip + row["anonymous_skip"],
            excluded=_excluded(counts.excluded, exclusions[row["subject_id"]]),
        )
    return after
