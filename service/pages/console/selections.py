"""The events that a posted form selects: ticked rows, or all that match the list's filters."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from events.ids import Position
from events.log.browsing import look_back
from events.log.connection import Connection, Pool
from events.log.reader import read_head
from events.moderation.selection import MODERATED_TYPES, POSITIONS_MAX, Selection
from service.pages.console.filters import Filters, read_filters
from service.pages.console.refusals import TooManyError, UnclearError
from service.views.facts import Link

LOOKS_MAX: Final = 20
"""Each looks through some thousand events for those of a standing."""

ROWS: Final = "rows"

Form = Mapping[str, Sequence[str]]


async def read_choice(pool: Pool, form: Form) -> Selection:
    """Read the events that a form selects.

    Raises:
        UnclearError: it does not say.
        TooManyError: a standing was asked for, and too many events would have to be looked at for theirs.
        WrongFilterError: a filter means nothing.
    """
    given = {name: values[0] for name, values in form.items()}
    filters = read_filters(given)
    back = Link(filters.address(), "Back to the events")
    if given.get("scope") == ROWS:
        return _ticked(form.get("position", ()), back)
    if not filters.selects:
        message = (
            "Filter them by tool, voter, time or type of vote or review first: all there are is too much."
        )
        raise UnclearError(message, back=back)
    if filters.standing is not None:
        async with pool.acquire() as connection:
            return Selection(positions=await _find(connection, filters, back))
    wanted = filters.wanted
    return Selection(
        tool=wanted.tool,
        voter=wanted.voter,
        type=next((type_ for type_ in MODERATED_TYPES if type_ == wanted.type), None),
        from_=filters.from_,
        to=filters.to,
    )


def _ticked(written: Sequence[str], back: Link) -> Selection:
    if not written:
        message = "No event is ticked. Tick those that you mean, or choose all that match a filter."
        raise UnclearError(message, back=back)
    try:
        selection = msgspec.convert({"positions": list(written)}, Selection, strict=False)
    except msgspec.ValidationError as error:
        message = "The form names an event by something that is no position."
        raise UnclearError(message, back=back) from error
    return Selection(positions=sorted(set(selection.positions or ())))


async def _find(connection: Connection, filters: Filters, back: Link) -> list[int]:
    """Find the events of a standing, which no selection can ask for, by position."""
    head = await read_head(connection)
    after, to = await filters.bounds(connection, head=head)
    positions: list[int] = []
    for _ in range(LOOKS_MAX):
        found = await look_back(
            connection,
            after=after,
            to=to,
            as_of=head,
            wanted=filters.wanted,
            standing=filters.standing,
            limit=POSITIONS_MAX,
        )
        positions += [event.position for event in found.events if event.type in MODERATED_TYPES]
        if found.rest is None and len(positions) <= POSITIONS_MAX:
            return sorted(positions)
        to = found.rest or Position(0)
        if len(positions) > POSITIONS_MAX:
            break
    message = (
        f"Up to {POSITIONS_MAX:,} events can be chosen by how they stand, and too many have to be looked at. "
        "Narrow the filter, by time for instance."
    )
    raise TooManyError(message, back=back)
