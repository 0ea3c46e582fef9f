"""The effect of another rule on each tool, now and at the end of each past week."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from asyncpg import Record
from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Pool
from projections.past.counts import count_at
from projections.past.moments import State, open_state
from projections.past.panel import read_panels
from projections.preview import sql
from projections.preview.crowd import count_votes, rank_categories
from projections.preview.weeks import Flip, Week, compare_weeks
from projections.rules.rule import Rule, Verdict
from projections.rules.tallies import Tally
from projections.scores import Score, score_of

PreviewPlace = tuple[int, str]
"""The place of a tool in a preview: other verdicts come first, then other ranks."""

START: Final[PreviewPlace] = (-1, "")


class RuleEffect(Struct, frozen=True, kw_only=True):
    """The effect of the other rule on one tool.

    Attributes:
        rank_before: Among the tools listed in its category, as its leaderboard by community has it.
        flips: When in the past its verdict would have been another, the oldest first.
    """

    tool: str
    category: str
    before: Score
    after: Score
    rank_before: str | None
    rank_after: str | None
    verdict_before: Verdict | None
    verdict_after: Verdict | None
    flips: list[Flip]


class RulePreview(Struct, frozen=True, kw_only=True):
    """Two rules side by side, over everything that was published.

    Attributes:
        position: Everything up to here was looked at.
        rule: The one in question.
        against: The rule that it is compared with.
        tools: How many are listed.
        verdicts: Of these tools, how many would have another verdict now.
        ranks: Of these tools, how many would have another rank by community now.
        weeks: The weeks in which any vote changed, the oldest first.
        effects: A page of the tools.
        next: Where to go on; None at the end.
    """

    position: Position
    rule: str
    against: str
    tools: int
    verdicts: int
    ranks: int
    weeks: list[Week]
    effects: list[RuleEffect]
    next: PreviewPlace | None


class _Judgement(Struct, frozen=True):
    """Ranks and verdicts by one rule."""

    ranks: Mapping[SubjectId, str]
    verdicts: Mapping[SubjectId, Verdict | None]


class _Listed(Struct, frozen=True, kw_only=True):
    """A tool, and what either rule makes of its votes now."""

    subject_id: SubjectId
    slug: str
    category: str
    ranks: tuple[str | None, str | None]
    verdicts: tuple[Verdict | None, Verdict | None]

    @property
    def other_verdict(self) -> bool:
        """Whether the verdict is another."""
        return self.verdicts[0] != self.verdicts[1]

    @property
    def other_rank(self) -> bool:
        """Whether the rank is another."""
        return self.ranks[0] != self.ranks[1]

    @property
    def place(self) -> PreviewPlace:
        """Its place in the preview."""
        return 0 if self.other_verdict else 1 if self.other_rank else 2, self.slug


async def preview_rule(
    pool: Pool,
    after: Rule,
    *,
    against: Rule | None = None,
    category: str | None = None,
    behind: PreviewPlace = START,
    limit: int,
) -> RulePreview:
    """Compare a rule with another one, without writing anything.

    Args:
        pool: Where to read.
        after: The rule in question.
        against: The rule to compare it with; None is the current one.
        category: Only tools listed in it; None is all.
        behind: The end of the page before.
        limit: Tools on the page.
    """
    async with open_state(pool) as state:
        before = against or state.rules.at(state.known)
        listed = await _read_listed(state, category, before, after)
        rest = sorted((each for each in listed if each.place > behind), key=lambda each: each.place)
        page = rest[:limit]
        told = {each.subject_id for each in page}
        weeks = await compare_weeks(state, category, before=before, after=after, told=told)
        return RulePreview(
            position=state.known,
            rule=after.name,
            against=before.name,
            tools=len(listed),
            verdicts=sum(each.other_verdict for each in listed),
            ranks=sum(each.other_rank for each in listed),
            weeks=weeks.weeks,
            effects=await _effects(state, page, weeks.flips, before, after),
            next=page[-1].place if len(rest) > limit else None,
        )


async def _read_listed(state: State, category: str | None, before: Rule, after: Rule) -> list[_Listed]:
    rows = await state.connection.fetch(sql.select_tallies, category)
    one, other = (_judge(rows, rule) for rule in (before, after))
    return [
        _Listed(
            subject_id=row["subject_id"],
            slug=row["slug"],
            category=row["category"],
            ranks=(one.ranks.get(row["subject_id"]), other.ranks.get(row["subject_id"])),
            verdicts=(one.verdicts[row["subject_id"]], other.verdicts[row["subject_id"]]),
        )
        for row in rows
    ]


def _judge(rows: Sequence[Record], rule: Rule) -> _Judgement:
    categories: defaultdict[str, dict[SubjectId, Tally]] = defaultdict(dict)
    verdicts: dict[SubjectId, Verdict | None] = {}
    for row in rows:
        tally = count_votes(row, rule)
        categories[row["category"]][row["subject_id"]] = tally
        verdicts[row["subject_id"]] = rule.verdict(tally)
    return _Judgement(rank_categories(rule, categories.values()), verdicts)


async def _effects(
    state: State,
    page: Sequence[_Listed],
    flips: Mapping[SubjectId, list[Flip]],
    before: Rule,
    after: Rule,
) -> list[RuleEffect]:
    panels = await read_panels(state, [each.subject_id for each in page])
    one = await count_at(state, panels, position=state.known, rule=before)
    other = await count_at(state, panels, position=state.known, rule=after)
    return [
        RuleEffect(
            tool=each.slug,
            category=each.category,
            before=score_of(each.slug, state.known, one[each.subject_id], before),
            after=score_of(each.slug, state.known, other[each.subject_id], after),
            rank_before=each.ranks[0],
            rank_after=each.ranks[1],
            verdict_before=each.verdicts[0],
            verdict_after=each.verdicts[1],
            flips=flips.get(each.subject_id, []),
        )
        for each in page
    ]
