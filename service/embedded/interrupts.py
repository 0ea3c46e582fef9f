"""Counts the signals that ask for a stop. The supervisor looks at the count between two steps."""

import signal
import time
from types import FrameType
from typing import Self

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ECHO_S = 0.5  # one Ctrl-C can arrive twice: from the terminal, and from a wrapper that forwards it


class Interrupts:
    """Counts SIGINT, SIGTERM and SIGHUP: the first asks for an orderly stop, further ones for haste."""

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
