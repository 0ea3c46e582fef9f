"""The panel's verdicts at any position, as published or as corrected, from all events of its reviews."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from events.facts import Choice
from events.ids import ActorId, Position, SubjectId
from projections.past import sql
from projections.past.moments import State


class PanelEvent(Struct, frozen=True):
    """An event of a review: a verdict, None for a withdrawal; or a ruling, which has a target."""

    actor_id: ActorId
    position: Position
    recorded_at: datetime
    verdict: Choice | None
    target: Position | None
    retracts: bool


class Panel(Struct, frozen=True):
    """All events of a tool's reviews and all rulings on them, in order."""

    said: Sequence[PanelEvent] = ()

    def standing(self, *, at: Position, known: Position) -> list[PanelEvent]:
        """Return the verdicts that stood `at` a position by the rulings up to `known`."""
        retracted = {
            each.target: each.retracts for each in self.said if each.target and each.position <= known
        }
        last = {
            each.actor_id: each
            for each in self.said
            if not each.target and each.position <= at and not retracted.get(each.position)
        }
        return [each for each in last.values() if each.verdict]

    def count(self, *, at: Position, known: Position) -> tuple[int, int]:
        """Count the verdicts for and against that stood `at` a position by the rulings up to `known`."""
        verdicts = [each.verdict for each in self.standing(at=at, known=known)] if self.said else []
        return verdicts.count("ship"), verdicts.count("skip")


async def read_panels(state: State, subjects: Sequence[SubjectId]) -> dict[SubjectId, Panel]:
    """Read the panels of tools; the panel of a tool without reviews is empty."""
    said: dict[SubjectId, list[PanelEvent]] = defaultdict(list)
    for row in await state.connection.fetch(sql.select_opinions, subjects, state.known):
        subject_id, actor_id, position, recorded_at, verdict, target, retracts = row
        said[subject_id].append(PanelEvent(actor_id, position, recorded_at, verdict, target, retracts))
    return {subject_id: Panel(said.get(subject_id, ())) for subject_id in subjects}
