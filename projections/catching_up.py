"""Folds what was appended, model by model, and tells how far the read models are."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import Final

from events.ids import Position
from events.log.connection import Pool
from events.log.reader import read_head
from projections import sql
from projections.folding import BusyError, Folded, fold_next
from projections.registry import MODELS, NAMES
from projections.scan import Scan

BUSY_WAIT_S: Final = 0.01
STUCK_S: Final = 120.0


async def catch_up(pool: Pool) -> AsyncIterator[Folded]:
    """Fold every model towards the present head, as far as this worker may; yield each step.

    Models are folded in order, and none goes beyond those before it. So the last one, which changes most, has
    the smallest checkpoint, and a score made from all of them is exact there.

    Raises:
        BusyError: after the last step, if another worker was folding one of them: it may not know of the
            newest events.
    """
    busy: BusyError | None = None
    async with pool.acquire() as connection:
        head = await read_head(connection)
        scan = Scan()
        for model in MODELS:
            reached = Position(0)
            try:
                while reached < head and (folded := await fold_next(connection, model, head=head, scan=scan)):
                    reached = folded.position
                    yield folded
            except BusyError as error:
                busy = error
            if reached < head:
                reached = await connection.fetchval(sql.select_checkpoint, model.name, model.fingerprint)
                head = min(head, Position(reached or 0))
    if busy is not None:
        raise busy


async def reach(pool: Pool, position: Position) -> AsyncIterator[dict[str, Position]]:
    """Wait until every model has reached `position`, and help to fold; yield the checkpoints meanwhile.

    Raises:
        TimeoutError: no model moved for `STUCK_S`, so none will.
    """
    last: dict[str, Position] = {}
    moved_at = monotonic()
    while monotonic() - moved_at < STUCK_S:
        with suppress(BusyError):
            async for _ in catch_up(pool):
                yield await checkpoints(pool)
        reached = await checkpoints(pool)
        yield reached
        if min(reached.values()) >= position:
            return
        if reached != last:
            last, moved_at = reached, monotonic()
        await asyncio.sleep(BUSY_WAIT_S)
    message = f"the read models stopped at {last} on their way to {position}"
    raise TimeoutError(message)


async def checkpoints(pool: Pool, names: Sequence[str] = NAMES) -> dict[str, Position]:
    """Read how far each registered model has folded; 0 for one that never has."""
    rows = await pool.fetch(sql.select_checkpoints, names)
    return {row["model"]: Position(row["position"]) for row in rows}
