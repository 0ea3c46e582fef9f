"""Tools side by side against a plain-Python oracle, at every position of random logs, in both pasts."""

from collections.abc import Mapping, Sequence
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.codec import Event
from events.facts import OVERALL, PanelistSeated, ReviewText, ToolEntry
from events.ids import NOBODY, Position, matchup_subject, panelist_subject, tool_subject
from events.log.connection import Pool
from projections.comparison.compare import compare
from projections.comparison.reading import NotListedError, compare_sides, read_sides
from projections.comparison.shapes import Contender, Matchup, PairStanding
from projections.install import migrate
from projections.ratings.past import PastRatings
from projections.rules.tallies import Tally
from service.reads.comparisons import SideBySide, compared, side_by_side
from tests.properties.logs import judge, new_log
from tests.properties.orders import OPENING, TOOLS, Judgement, Named, adoptions, batches, judgements
from tests.support.comparing import plain_verdict
from tests.support.examples import tried_with
from tests.support.folds import fold_all, whole_log
from tests.support.oracle import by_stream, count, count_preferences, is_review, rule_at, standing

EXAMPLES_MAX = 12
SLUGS = [f"own-{tool}" for tool in TOOLS]
CONTEXTS = ("code", "overall")
plans = st.lists(st.tuples(batches, judgements, adoptions), min_size=1, max_size=4)


class Then:
    """The state of a log at a position, by the rulings known up to another."""

    def __init__(self, log: Sequence[Event], *, at: int, known: int) -> None:
        self.log, self.at, self.known = log, at, known

    def tool(self, slug: str) -> ToolEntry | None:
        """Return a tool's entry; None unless it was listed."""
        last = [event.fact for event in self._entries(tool_subject(slug))][-1:]
        return next((fact for fact in last if isinstance(fact, ToolEntry)), None)

    def lens(self, panelist: str) -> str:
        """Return a panelist's lens."""
        entries = [event.fact for event in self._entries(panelist_subject(panelist))]
        return [fact.lens for fact in entries if isinstance(fact, PanelistSeated)][-1]

    def contender(self, slug: str) -> Contender:
        """Count what was said of a listed tool."""
        entry = self.tool(slug)
        assert entry is not None
        panel_ship, panel_skip, ship, skip, _ = count(
            self.log, tool_subject(slug), at=self.at, known=self.known
        )
        panel, crowd = Tally(ship=panel_ship, skip=panel_skip), Tally(ship=ship, skip=skip)
        return Contender(tool=slug, name=entry.name, panel=panel, crowd=crowd)

    def preferences(self, context: str) -> tuple[int, int, int]:
        """Count who preferred the first tool, the second, neither."""
        winners, _ = count_preferences(
            self.log, matchup_subject(*sorted(SLUGS), context), at=self.at, known=self.known
        )
        return winners.get(SLUGS[0], 0), winners.get(SLUGS[1], 0), winners.get("tie", 0)

    def reviews(self) -> set[tuple[str, str, str, str, str, int]]:
        """Name each review that stood: tool, lens, panelist, verdict, headline and position."""
        found: set[tuple[str, str, str, str, str, int]] = set()
        for (subject_id, _), stream in by_stream(self.log).items():
            event = standing(stream, at=self.at, known=self.known) if is_review(stream) else None
            if event and isinstance(event.fact, ReviewText):
                [slug] = [slug for slug in SLUGS if tool_subject(slug) == subject_id]
                said = event.fact
                lens = self.lens(said.panelist)
                found.add((slug, lens, said.panelist, said.verdict, said.headline, event.position))
        return found

    def _entries(self, subject_id: int) -> list[Event]:
        return [
            event
            for event in self.log
            if event.subject_id == subject_id and event.actor_id == NOBODY and event.position <= self.at
        ]


@tried_with(EXAMPLES_MAX)
@given(plan=plans, cell=st.integers(1, 12), context=st.sampled_from(CONTEXTS), turned=st.booleans())
async def test_what_stands_side_by_side_is_what_the_log_says(
    *,
    plan: list[tuple[Sequence[Named], Sequence[Judgement], Sequence[Named]]],
    cell: int,
    context: str,
    turned: bool,
    server_url: str,
    template: str,
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("projections.cells.CELL_EVENTS", cell)
        async with new_log(server_url, template) as (url, pool, (writer, _)):
            await migrate(url)
            await writer.submit([order("own") for order in OPENING])
            for orders, ruled, adopted in plan:
                await writer.submit([order("own") for order in (*orders, *adopted)])
                await judge(pool, writer, ruled)
            await fold_all(pool)
            async with pool.acquire() as connection:
                log = await whole_log(connection)
            slugs = SLUGS[::-1] if turned else SLUGS
            for at in range(len(log) + 1):
                for corrected in (False, True):
                    then = Then(log, at=at, known=len(log) if corrected else at)
                    found = await read(pool, slugs, context, at=at, corrected=corrected)
                    assert_says(found, then, slugs, context)
            now = await read(pool, slugs, context)
            assert_says(now, Then(log, at=len(log), known=len(log)), slugs, context)


async def read(
    pool: Pool, slugs: Sequence[str], context: str, *, at: int | None = None, corrected: bool = False
) -> SideBySide | None:
    """Read the document; None if a tool is not listed."""
    place = None if at is None else Position(at)
    past = PastRatings()
    try:
        sides = await read_sides(pool, slugs, context=context, past=past, at=place, corrected=corrected)
    except NotListedError:
        return None
    return side_by_side(compared(sides, await compare_sides(sides)))


def assert_says(found: SideBySide | None, then: Then, slugs: Sequence[str], context: str) -> None:
    """Hold every number of a document against the oracle's."""
    assert (found is None) == any(then.tool(slug) is None for slug in slugs)
    if found is None:
        return
    contenders = [then.contender(slug) for slug in slugs]
    assert (found.position, found.context) == (then.at, context)
    assert [(tool.slug, tool.name) for tool in found.tools] == [(each.tool, each.name) for each in contenders]
    for score, contender in zip(found.scores, contenders, strict=True):
        assert (score.tool, score.position) == (contender.tool, then.at)
        assert (score.panel.ship, score.panel.skip) == (contender.panel.ship, contender.panel.skip)
        assert (score.community.ship, score.community.skip) == (contender.crowd.ship, contender.crowd.skip)
    laid = [
        (slug, row.lens, each.panelist, each.verdict, each.headline, each.position)
        for row in found.reviews
        for slug, each in zip(slugs, row.reviews, strict=True)
        if each is not None
    ]
    assert len(laid) == len(set(laid))
    assert set(laid) == then.reviews()
    matchup, rule = assert_matchup_says(found, then, slugs, context), rule_at(then.log, then.at)
    said = compare(rule, contenders, [matchup])
    assert {found.rule, *(score.rule for score in found.scores)} == {rule.name}
    assert (found.panel, found.crowd, found.head_to_head) == (said.panel, said.crowd, said.head_to_head)
    assert found.verdict == said.verdict
    assert (found.verdict.strength, found.verdict.pick) == plain_verdict(rule, contenders, [matchup])
    assert_difference(found.crowd.pairs[0], *[contender.crowd for contender in contenders], z=rule.z)


def assert_matchup_says(found: SideBySide, then: Then, slugs: Sequence[str], context: str) -> Matchup:
    """Hold what is preferred against the oracle's counts; return those that the tools are compared by."""
    order = slice(None) if slugs == SLUGS else slice(None, None, -1)
    seen: Mapping[str, tuple[int, ...]] = {
        name: (*then.preferences(name)[:2][order], then.preferences(name)[2]) for name in CONTEXTS
    }
    [pair] = found.matchups
    assert [pair.left, pair.right] == slugs
    for each in pair.contexts:
        assert (each.left_wins, each.right_wins, each.ties) == seen[each.context]
    assert {each.context for each in pair.contexts} >= {name for name in CONTEXTS if any(seen[name])}
    pooled = tuple(map(sum, zip(*seen.values(), strict=True)))
    assert (pair.left_wins, pair.right_wins, pair.ties) == pooled
    left_wins, right_wins, ties = pooled if context == OVERALL else seen[context]
    return Matchup(left=slugs[0], right=slugs[1], left_wins=left_wins, right_wins=right_wins, ties=ties)


def assert_difference(pair: PairStanding, left: Tally, right: Tally, *, z: float) -> None:
    """Hold a difference of shares against the roots of Wilson's equations, put together as Newcombe does."""
    if not (left.votes and right.votes):
        assert (pair.estimate, pair.interval) == (None, None)
        return
    one, other = left.ship / left.votes, right.ship / right.votes
    (one_low, one_high), (other_low, other_high) = roots(one, left.votes, z), roots(other, right.votes, z)
    assert pair.estimate == pytest.approx(one - other, abs=6e-5)
    assert pair.interval == pytest.approx(
        (
            one - other - sqrt((one - one_low) ** 2 + (other_high - other) ** 2),
            one - other + sqrt((one_high - one) ** 2 + (other - other_low) ** 2),
        ),
        abs=6e-5,
    )


def roots(share: float, votes: int, z: float) -> tuple[float, float]:
    """Solve (share - p)² = z² p (1 - p) / votes for p."""
    a, b, c = 1 + z * z / votes, -(2 * share + z * z / votes), share * share
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)
