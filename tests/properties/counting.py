"""The oracle's counts for scores and matchups, in the types of the code under test."""

from collections.abc import Sequence

from events.codec import Event
from events.facts import TIE, ToolEntry
from events.ids import NOBODY, matchup_subject, tool_subject
from projections.past.matchups import Preferences
from projections.rules.rule import Rule
from projections.scores import Counts
from tests.properties.orders import TOOLS
from tests.support.oracle import by_stream, count, count_anonymous, count_preferences

SLUGS = sorted(f"own-{tool}" for tool in TOOLS)


def counts(log: Sequence[Event], slug: str, *, at: int, known: int, rule: Rule | None = None) -> Counts:
    """Ask the oracle about a tool."""
    subject = tool_subject(slug)
    panel_ship, panel_skip, ship, skip, excluded = count(log, subject, at=at, known=known, rule=rule)
    apart = count_anonymous(log, subject, at=at, known=known)
    return Counts(
        panel_ship=panel_ship,
        panel_skip=panel_skip,
        ship=ship,
        skip=skip,
        anonymous_ship=apart["ship"],
        anonymous_skip=apart["skip"],
        excluded=excluded,
    )


def preferences(log: Sequence[Event], context: str, *, at: int, known: int) -> Preferences:
    """Ask the oracle about the matchup of both tools in a context."""
    left, right = SLUGS
    subject = matchup_subject(left, right, context)
    winners, excluded = count_preferences(log, subject, at=at, known=known)
    apart = count_anonymous(log, subject, at=at, known=known)
    return Preferences(
        left_wins=winners.get(left, 0),
        right_wins=winners.get(right, 0),
        ties=winners.get(TIE, 0),
        anonymous=apart.total(),
        excluded=excluded,
    )


def listed(log: Sequence[Event]) -> list[str]:
    """Name the tools whose last entry stands."""
    streams = by_stream(log)
    entries = {slug: streams[tool_subject(slug), NOBODY][-1].fact for slug in SLUGS}
    return [slug for slug in SLUGS if isinstance(entries[slug], ToolEntry)]
