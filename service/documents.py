"""Documents that readers get, where they are more than a read model's own."""

from datetime import datetime

from msgspec import Struct

from events.ids import Position
from projections.aside.register import Aside
from projections.past.history import Bucket
from projections.scores import CommunityScore, Counts, Excluded, PanelScore, score_of


class Standing(Struct, frozen=True):
    """What a score says, without its place."""

    panel: PanelScore
    community: CommunityScore
    excluded: Excluded


class HistoryItem(Struct, frozen=True):
    """A tool's score at the end of a bucket.

    Attributes:
        start: When the bucket begins.
        position: Of the last event in it about the tool; the score is exact there.
        votes: Vote events in it, counting or not.
        published: As readers saw it then.
        corrected: The same votes and reviews by the rulings known now.
    """

    start: datetime
    position: Position
    votes: int
    published: Standing
    corrected: Standing


class Retried(Struct, frozen=True):
    """What came of another try at a subject that is set aside: None if it is folded again."""

    subject: str
    set_aside: Aside | None = None


def history_item(bucket: Bucket) -> HistoryItem:
    """Make the document of a bucket."""
    return HistoryItem(
        bucket.start, bucket.position, bucket.votes, _standing(bucket.published), _standing(bucket.corrected)
    )


def _standing(counts: Counts) -> Standing:
    score = score_of("", Position(0), counts)
    return Standing(score.panel, score.community, score.excluded)
