"""Rows imported a second (`ostraka import votes`), beside COPY of the same events into the same table."""

import asyncio
import csv
import random
import re
import sys
import time
from pathlib import Path
from typing import Final

from events.log.rows import COLUMNS
from tests.benchmarks import sql
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.load import ROOT
from tests.benchmarks.log import TOOLS, VOTERS_MIN, accounts, fill, slugs
from tests.benchmarks.rounds import Measure, in_turn
from tests.benchmarks.servers import Machine, copied, environment, owner

HEADER: Final = ("tool", "voter", "choice")
RATE: Final = re.compile(r"([\d,]+) rows/s")


class Importing:
    """Imports one generated file after another, and copies the events that came of the last one.

    The import, the binary and the text COPY have a database each, alike down to the last event.
    """

    def __init__(self, machine: Machine, urls: list[str], *, rows: int) -> None:
        self._machine = machine
        self._imported, self._binary, self._text = urls
        self._rows = rows
        self._round = 0
        self._after = 0
        self.wal_bytes = 0.0

    async def run(self) -> float:
        """Import so many rows that were not imported before; return rows a second as the command says."""
        self._round += 1
        file = self._machine.home.folder / f"votes-{self._round}.csv"
        write_csv(file, rows=self._rows, seed=self._round)
        async with owner(self._imported) as connection:
            self._after = await connection.fetchval(sql.select_last_position)
            wal = await connection.fetchval(sql.select_wal_position)
        options = [f"--{name}={name}" for name in (*HEADER, "ship", "skip")]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "service", "import", "votes", str(file), *options, "--create-tools"),
            env=environment(self._machine, self._imported),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=ROOT,
        )
        output, _ = await process.communicate()
        found = RATE.search(output.decode())
        if process.returncode or not found:
            message = f"the import failed: {output.decode()}"
            raise RuntimeError(message)
        async with owner(self._imported) as connection:
            last = await connection.fetchval(sql.select_last_position)
            self.wal_bytes = (await connection.fetchval(sql.select_wal_position) - wal) / (last - self._after)
        return float(found[1].replace(",", ""))

    async def copy_binary(self) -> float:
        """Copy the same events from prepared rows; return rows a second."""
        async with owner(self._imported) as source, owner(self._binary) as target:
            rows = [tuple(row) for row in await source.fetch(sql.select_after, self._after)]
            start = time.perf_counter()
            await target.copy_records_to_table("events", schema_name="log", columns=COLUMNS, records=rows)
            return len(rows) / (time.perf_counter() - start)

    async def copy_text(self) -> float:
        """Copy the same events from a file; return rows a second."""
        file = self._machine.home.folder / "rows"
        async with owner(self._imported) as source, owner(self._text) as target:
            rows = await source.fetchval(sql.count_after, self._after)
            await source.copy_from_query(sql.select_after, self._after, output=file)
            start = time.perf_counter()
            await target.copy_to_table("events", schema_name="log", columns=COLUMNS, source=file)
            return rows / (time.perf_counter() - start)


def write_csv(file: Path, *, rows: int, seed: int) -> None:
    """Write votes of mostly known voters on known tools, popular tools more often."""
    draw = random.Random(seed)  # noqa: S311 - a benchmark, and the same every time
    tools, voters = slugs(TOOLS), accounts(max(VOTERS_MIN, rows // 4))
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEADER)
        writer.writerows(
            (
                tools[int(len(tools) * draw.random() ** 2)],
                voters[int(len(voters) * draw.random())],
                "ship" if draw.random() < 0.65 else "skip",
            )
            for _ in range(rows)
        )


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure the import."""
    template = await fill(machine, events=setting.events)
    async with (
        copied(machine, template) as first,
        copied(machine, template) as second,
        copied(machine, template) as third,
    ):
        importing = Importing(machine, [first, second, third], rows=setting.rows)
        measures: list[Measure] = [importing.run, importing.copy_binary, importing.copy_text]
        rate, binary, text = await in_turn(setting.rounds, *measures)
    return [
        Figure(
            group="imports",
            name="import of votes",
            events=setting.events,
            value=rate,
            unit="rows/s",
            limit=max(binary, text),
            limit_name=f"COPY of the same events ({'binary' if binary > text else 'text'})",
            goal=0.5,
        ),
        Figure(
            group="imports",
            name="write-ahead log of an imported vote",
            events=setting.events,
            value=importing.wal_bytes,
            unit="bytes",
        ),
    ]
