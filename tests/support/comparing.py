"""Rules and votes of many kinds, and comparisons in plain Python to hold the quick ones against."""

from collections.abc import Callable, Sequence
from itertools import combinations

from hypothesis import strategies as st

from projections.comparison.shapes import Contender, Matchup
from projections.rules.rule import Rule, Strength
from projections.rules.tallies import PreferenceTally, Tally

QUANTILES = (0.674490, 1.281552, 1.644854, 1.959964, 2.575829)
"""Of 50, 80, 90, 95 and 99 %: low ones let few votes lead, so that small examples are telling."""

rules = st.builds(
    Rule,
    name=st.just("any"),
    summary=st.just(""),
    reason=st.just(""),
    confidence=st.just(0.5),
    z=st.sampled_from(QUANTILES),
    ranked_votes_min=st.integers(1, 6),
    ranked_reviews_min=st.integers(1, 4),
    lead_votes_min=st.integers(1, 6),
    lead_reviews_min=st.integers(1, 4),
    clear_leads_min=st.integers(1, 3),
    counts_anonymous=st.booleans(),
)


def tallies(
    votes_max: int, *, ship_max: int | None = None, skip_max: int | None = None
) -> st.SearchStrategy[Tally]:
    """Draw tallies with up to so many votes of either kind, or fewer of one kind."""
    ship = st.integers(0, votes_max if ship_max is None else ship_max)
    skip = st.integers(0, votes_max if skip_max is None else skip_max)
    return st.builds(Tally, ship=ship, skip=skip)


def preferences(votes_max: int) -> st.SearchStrategy[PreferenceTally]:
    """Draw head-to-head votes with up to so many of each kind."""
    votes = st.integers(0, votes_max)
    return st.builds(PreferenceTally, wins=votes, losses=votes, ties=votes)


def contenders(votes_max: int, *, tools: int) -> st.SearchStrategy[list[Contender]]:
    """Draw tools, named "a", "b", and so on."""
    tally = tallies(votes_max)
    return st.tuples(*[st.tuples(tally, tally)] * tools).map(
        lambda drawn: [
            Contender(tool=slug, name=slug.upper(), panel=panel, crowd=crowd)
            for slug, (panel, crowd) in zip("abcde", drawn, strict=False)
        ]
    )


def matchups(votes_max: int, *, tools: int) -> st.SearchStrategy[list[Matchup]]:
    """Draw a matchup for each two of these tools."""
    pairs = list(combinations("abcde"[:tools], 2))
    return st.tuples(*[preferences(votes_max)] * len(pairs)).map(
        lambda drawn: [
            Matchup(left=left, right=right, left_wins=seen.wins, right_wins=seen.losses, ties=seen.ties)
            for (left, right), seen in zip(pairs, drawn, strict=True)
        ]
    )


def plain_verdict(
    rule: Rule, tools: Sequence[Contender], votes: Sequence[Matchup]
) -> tuple[Strength, str | None]:
    """Compose a verdict by asking the rule about each two tools, in either order."""
    seen = {
        **{
            (m.left, m.right): PreferenceTally(wins=m.left_wins, losses=m.right_wins, ties=m.ties)
            for m in votes
        },
        **{
            (m.right, m.left): PreferenceTally(wins=m.right_wins, losses=m.left_wins, ties=m.ties)
            for m in votes
        },
    }
    criteria: list[Callable[[Contender, Contender], bool]] = [
        lambda a, b: rule.leads(ahead=a.panel, behind=b.panel, votes_min=rule.lead_reviews_min),
        lambda a, b: rule.leads(ahead=a.crowd, behind=b.crowd, votes_min=rule.lead_votes_min),
        lambda a, b: rule.is_preferred(seen[a.tool, b.tool]),
    ]
    leaders = [
        next((a.tool for a in tools if all(leads(a, b) for b in tools if b != a)), None) for leads in criteria
    ]
    voted = any(
        (a.panel.votes and b.panel.votes) or (a.crowd.votes and b.crowd.votes) or seen[a.tool, b.tool].votes
        for a, b in combinations(tools, 2)
    )
    return rule.conclude(leaders, voted=voted)
