"""Cells cut the log's positions into equal pieces, so that a tally as of any position is cheap and exact.

A read model keeps the changes of each cell, by the hour. The tally at a position is the sum over the cells
that end there or before, plus the events of the last, incomplete cell, which are read from the log.
"""

from typing import Final

from events.ids import Position

CELL_EVENTS: Final = 65_536
"""Positions in a cell. Smaller ones cost rows (each tool has up to one a cell), larger ones reading."""


def cut(position: Position) -> tuple[int, Position]:
    """Return the first cell that goes beyond a position, and the last position before that cell."""
    cell = (position + 1) // CELL_EVENTS
    return cell, Position(max(0, cell * CELL_EVENTS - 1))
