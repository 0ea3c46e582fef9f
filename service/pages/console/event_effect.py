"""The score just before an event and just after it, as readers saw it then."""

from typing import Literal, assert_never

from msgspec import Raw, Struct

from events.facts import OVERALL, PreferenceFact, RulingFact
from events.ids import Position
from events.kinds import Kind, kind_of, name_of
from events.log.connection import Pool
from events.log.describe import DescribedEvent, describe_some
from projections.comparison.numbers import count
from projections.past.counts import read_past_score
from projections.past.matchups import NONE, Preferences, read_matchups
from projections.scores import Score
from service.reads.measures import Who
from service.views import addresses, words
from service.views.facts import Link

Whose = Literal[Who, "matchup"]

"""A decimal more than usual: one vote among hundreds is a change, too."""


class EffectView(Struct, frozen=True, kw_only=True):
    """A score before and after.

    Attributes:
        context: The use case, in a matchup that is about one.
        reached: Whether the scores have counted this event in; if not, `after` is as `before`.
    """

    whose: Whose
    about: list[Link]
    context: str | None = None
    before: str
    after: str
    reached: bool


async def read_effect(pool: Pool, event: DescribedEvent) -> EffectView | None:
    """Read what an event, or a ruling, did to the score of its tool or matchup; None if it is about none."""
    said = event
    if isinstance(event.data, RulingFact):
        found = await describe_some(pool, [event.data.target], as_of=event.position)
        if not found:
            return None
        [said] = found
    if isinstance(said.data, PreferenceFact):
        return await _matchup(pool, event.position, said.data)
    whose = None if isinstance(said.data, Raw) else _whose(kind_of(name_of(said.data)))
    return await _score(pool, event.position, said.tool, whose) if said.tool and whose else None


def _whose(kind: Kind) -> Whose | None:
    match kind:
        case "vote":
            return "crowd"
        case "review":
            return "panel"
        case "preference" | "ruling" | "entry" | "rule":
            return None
        case _:
            assert_never(kind)


async def _score(pool: Pool, position: Position, slug: str, whose: Whose) -> EffectView:
    before = await read_past_score(pool, slug, at=Position(position - 1))
    after = await read_past_score(pool, slug, at=position)
    write = _crowd if whose == "crowd" else _panel
    return EffectView(
        whose=whose,
        about=[Link(addresses.tool(slug), slug)],
        before=write(before),
        after=write(after),
        reached=after.position >= position,
    )


async def _matchup(pool: Pool, position: Position, fact: PreferenceFact) -> EffectView:
    before = await read_matchups(pool, fact.left, fact.right, at=Position(position - 1))
    after = await read_matchups(pool, fact.left, fact.right, at=position)
    return EffectView(
        whose="matchup",
        about=[Link(addresses.tool(slug), slug) for slug in (fact.left, fact.right)],
        context=None if fact.context == OVERALL else fact.context,
        before=_preferences(before.contexts.get(fact.context, NONE)),
        after=_preferences(after.contexts.get(fact.context, NONE)),
        reached=after.position >= position,
    )


def _crowd(score: Score) -> str:
    crowd = score.community
    return f"{words.percent(crowd.share, words.FINEST)} ship of {count(crowd.votes, 'vote')}"


def _panel(score: Score) -> str:
    return f"{score.panel.ship} of {score.panel.ship + score.panel.skip} say ship"


def _preferences(found: Preferences) -> str:
    return f"{found.left_wins:,} to {found.right_wins:,}, {count(found.ties, 'tie')}"
