"""The comparison that is the schema's example, as it would have been read."""

import msgspec

from events.ids import Position
from projections.comparison.shapes import Comparison
from projections.past.matchups import Preferences
from projections.rules.registry import rule_named
from projections.scores import Counts, Score
from service.reads.comparisons import Compared, SideBySide
from service.reads.documents import ContextScore
from service.routes.examples.compare import SIDE_BY_SIDE


def example() -> Compared:
    """Take the document apart again, which only tests have a reason for."""
    document = msgspec.convert(SIDE_BY_SIDE, SideBySide)
    return Compared(
        position=Position(document.position),
        rule=rule_named(document.rule),
        context=document.context,
        tools=document.tools,
        counts=[_counts(score) for score in document.scores],
        ratings=document.ratings,
        reviews=document.reviews,
        matchups={
            (each.left, each.right): {context.context: _preferences(context) for context in each.contexts}
            for each in document.matchups
        },
        comparison=Comparison(
            rule=document.rule,
            panel=document.panel,
            crowd=document.crowd,
            head_to_head=document.head_to_head,
            verdict=document.verdict,
        ),
    )


def _counts(score: Score) -> Counts:
    panel, crowd = score.panel, score.community
    return Counts(
        panel_ship=panel.ship,
        panel_skip=panel.skip,
        ship=crowd.ship,
        skip=crowd.skip,
        excluded=score.excluded.by_reason,
    )


def _preferences(score: ContextScore) -> Preferences:
    return Preferences(
        left_wins=score.left_wins,
        right_wins=score.right_wins,
        ties=score.ties,
        excluded=score.excluded.by_reason,
    )
