"""Bytes on disk for each vote: the table and its indexes."""

from tests.benchmarks import sql
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.log import fill
from tests.benchmarks.servers import Machine, owner
from tests.support.database import url_of


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure the log's size."""
    template = await fill(machine, events=setting.events)
    async with owner(url_of(machine.server_url, template)) as connection:
        rows = await connection.fetch(sql.select_sizes)
    sizes = {str(row["part"]): float(row["bytes"]) for row in rows}
    sizes["in all"] = sum(sizes.values())
    return [
        Figure(
            group="disk",
            name=f"on disk for each event: {part}",
            events=setting.events,
            value=size / setting.events,
            unit="bytes",
        )
        for part, size in sizes.items()
    ]
