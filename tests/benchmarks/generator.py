"""The load generator: raw bytes over asyncio protocols, so that it leaves the processor to the server.

Reads a `Load` from standard input and writes a `LoadResult` to standard output, both as MessagePack.
"""

import asyncio
import sys
import time
from collections import Counter, deque
from typing import cast

import msgspec
import uvloop

from tests.benchmarks.load import WARM_UP_SHARE, Load, LoadResult

TICK_S = 0.002
DRAIN_TICKS_MAX = 2_500
LENGTH = b"content-length: "


class Run:
    """The state that the connections share."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.statuses: Counter[int] = Counter()
        self.completed = 0
        self.stopping = False
        self.idle: deque[Connection] = deque()


class Connection(asyncio.Protocol):
    """One keep-alive connection with at most one request under way."""

    def __init__(self, run: Run, number: int) -> None:
        load = run.load
        self._run = run
        self._heads = load.heads
        self._tails = load.tails[number :: load.connections] or [load.tails[number % len(load.tails)]]
        self._bodies = load.bodies
        self._offset = number
        self._rest: bytes = b""
        self._closed_loop = load.rate is None
        self._transport: asyncio.Transport
        self.sent = load.start
        self.waits = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        _ = exc
        if self.waits:
            self._run.statuses[0] += 1

    def send(self) -> None:
        pick, tail = divmod(self.sent, len(self._tails))
        turn, head = divmod(pick, len(self._heads))
        self.sent += 1
        self.waits = True
        self._transport.write(
            self._heads[(head + self._offset) % len(self._heads)]
            + self._tails[tail]
            + self._bodies[(turn + self._offset) % len(self._bodies)]
        )

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        end = data.find(b"\r\n\r\n")
        at = data.find(LENGTH, 0, end) if end >= 0 else -1
        length = int(data[at + len(LENGTH) : data.index(b"\r", at)]) if at >= 0 else 0
        if end < 0 or len(data) < end + 4 + length:
            self._rest = data
            return
        self._rest = b""
        self.waits = False
        self._run.completed += 1
        self._run.statuses[int(data[9:12])] += 1
        self._next()

    def close(self) -> None:
        self._transport.close()

    def _next(self) -> None:
        if self._run.stopping:
            return
        if self._closed_loop:
            self.send()
        else:
            self._run.idle.append(self)


async def send_at_rate(run: Run, rate: float) -> None:
    """Send on idle connections so that `rate` requests a second leave, and catch up when none was idle."""
    start, sent = time.perf_counter(), 0
    while True:
        due = int((time.perf_counter() - start) * rate)
        while sent < due and run.idle:
            run.idle.popleft().send()
            sent += 1
        await asyncio.sleep(TICK_S)


async def generate(load: Load) -> LoadResult:
    """Send a load and count what comes back."""
    run = Run(load)
    loop = asyncio.get_running_loop()
    connections = [Connection(run, number) for number in range(load.connections)]
    for connection in connections:
        await loop.create_connection(lambda connection=connection: connection, "127.0.0.1", load.port)
    sender = asyncio.create_task(send_at_rate(run, load.rate)) if load.rate else None
    await asyncio.sleep(load.seconds * WARM_UP_SHARE)
    before, start, cpu = run.completed, time.perf_counter(), time.process_time()
    await asyncio.sleep(load.seconds)
    elapsed = time.perf_counter() - start
    per_s, used = (run.completed - before) / elapsed, (time.process_time() - cpu) / elapsed
    run.stopping = True
    if sender is not None:
        sender.cancel()
    for _ in range(DRAIN_TICKS_MAX):
        if not any(connection.waits for connection in connections):
            break
        await asyncio.sleep(TICK_S)
    for connection in connections:
        connection.close()
    next_start = max(connection.sent for connection in connections)
    return LoadResult(per_s=per_s, statuses=dict(run.statuses), next_start=next_start, cpu=used)


if __name__ == "__main__":
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Load)
    sys.stdout.buffer.write(msgspec.msgpack.encode(uvloop.run(generate(asked))))
