"""Counts the requests to stop, so that the supervisor can answer them between two steps."""

import signal
import time
from types import FrameType
from typing import Self

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ECHO_S = 0.5  # a wrapper may pass on a Ctrl-C that the terminal has sent already


class Interrupts:
    """While entered, SIGINT, SIGTERM and SIGHUP only count: one asks for an orderly stop, more for haste."""

    def __init__(self) -> None:
        self.count = 0
        self._last_at_s = 0.0
        self._before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
        if self._before[signal.SIGHUP] is signal.SIG_IGN:  # nohup
            del self._before[signal.SIGHUP]

    def __enter__(self) -> Self:
        for number in self._before:
            signal.signal(number, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, _signal_number: int, _frame: FrameType | None) -> None:
        now_s = time.monotonic()
        if self.count == 0 or now_s - self._last_at_s > ECHO_S:
            self.count += 1
        self._last_at_s = now_s
