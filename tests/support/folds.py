"""Folding by hand: read models step by step, from scratch, and held against the oracle."""

from collections.abc import Sequence
from contextlib import suppress

from events.codec import Event
from events.ids import Position, SubjectId
from events.log.connection import Connection, Pool
from events.log.reader import follow, read_head
from projections.catching_up import catch_up, checkpoints
from projections.folding import BusyError, Folded
from projections.install import migrate
from projections.registry import MODELS
from tests.support.raw_log import Owner
from tests.support.tables import TABLES, Rows, expected, stored


async def whole_log(connection: Connection) -> list[Event]:
    """Read every event there is."""
    head = await read_head(connection)
    return [event async for page in follow(connection, after=Position(0), to=head) for event in page]


async def fold_all(pool: Pool) -> list[Folded]:
    """Fold every model as far as it goes; return the steps."""
    steps: list[Folded] = []
    with suppress(BusyError):
        async for folded in catch_up(pool):
            steps.append(folded)  # noqa: PERF401 - those before the end that is suppressed count
    return steps


async def snapshot(pool: Pool) -> dict[str, Rows]:
    """Read every read model's tables."""
    async with pool.acquire() as connection:
        return {table: await stored(connection, table) for model in MODELS for table in TABLES[model.name]}


async def assert_folds_are_exact(pool: Pool) -> None:
    """Hold each model's tables against the oracle, at the position that the model has reached."""
    async with pool.acquire() as connection:
        log = await whole_log(connection)
    found = await snapshot(pool)
    for model, position in (await checkpoints(pool)).items():
        wanted = expected(log[:position])
        for table in TABLES[model]:
            assert found[table] == wanted[table], f"{table} at {position}"


async def assert_exact_but(pool: Pool, log: Sequence[Event], subject: SubjectId, *, before: int) -> None:
    """Hold all tables against the oracle, which sees of one subject only what stands before a position."""
    found = await snapshot(pool)
    for model, reached in (await checkpoints(pool)).items():
        wanted = expected(
            [e for e in log if e.position <= reached and (e.subject_id != subject or e.position < before)]
        )
        for table in TABLES[model]:
            assert found[table] == wanted[table], table


async def start_anew(owner: Owner, database_url: str) -> list[str]:
    """Let every model be defined otherwise, and install this build's; return what was installed."""
    await owner.execute("UPDATE read.checkpoints SET fingerprint = 'of another build'")
    return await migrate(database_url)
