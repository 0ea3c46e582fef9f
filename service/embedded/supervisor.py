"""Keeps child processes running until a stop is asked for, then stops them in order."""

import select
import time
from collections.abc import Callable, Sequence

from service.embedded.child import Child
from service.embedded.interrupts import Interrupts
from service.embedded.notes import note
from service.embedded.processes import describe_status
from service.errors import ServersError

TICK_S = 0.05
FAILURES_MAX = 5


class Supervisor:
    """Starts children stage by stage, restarts those that die, and stops the stages in reverse.

    Args:
        interrupts: Counts the signals that ask for a stop.
    """

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._stages: list[Sequence[Child]] = []

    @property
    def is_interrupted(self) -> bool:
        """Whether a stop was asked for."""
        return self._interrupts.count > 0

    def start(self, *children: Child) -> None:
        """Start a stage: children that start together and are stopped together."""
        self._stages.append(children)
        for child in children:
            child.start()

    def wait_until(self, condition: Callable[[], bool], *, what: str, wait_s: float) -> bool:
        """Supervise until the condition holds.

        Returns:
            False if a stop was asked for meanwhile.

        Raises:
            ServersError: The time was up, or a child keeps dying.
        """
        give_up_at = time.monotonic() + wait_s
        while not self.is_interrupted:
            if condition():
                return True
            if time.monotonic() >= give_up_at:
                message = f"{what} within {wait_s:.0f} s{self._last_words()}"
                raise ServersError(message)
            self.tick()
        return False

    def run(self) -> None:
        """Supervise until a stop is asked for."""
        while not self.is_interrupted:
            self.tick()

    def tick(self) -> None:
        """Forward output, reap dead children, and restart those whose time has come.

        Raises:
            ServersError: A child died soon after its start, FAILURES_MAX times in a row.
        """
        self._wait_for_output()
        for child in self._children():
            if child.process is not None and child.process.poll() is not None:
                self._reap(child, status=child.process.returncode)
        for child in self._children():
            due = child.process is None and time.monotonic() >= child.restart_at_s
            if due and all(need.is_ready() for need in child.needs):
                child.start()

    def stop(self) -> None:
        """Stop all stages, the last one first. Another interrupt moves on to the next, harsher signal."""
        for stage in reversed(self._stages):
            self._stop_stage([child for child in stage if child.process is not None])
        self._stages.clear()

    def _children(self) -> list[Child]:
        return [child for stage in self._stages for child in stage]

    def _reap(self, child: Child, *, status: int) -> None:
        explained = not all(need.is_ready() for need in child.needs)
        pause_s = child.reap(counts=not explained)
        if child.failures >= FAILURES_MAX:
            last = " | ".join(line.strip() for line in child.tail()) or "it said nothing"
            message = f"{child.name} died {child.failures} times in a row ({describe_status(status)}): {last}"
            raise ServersError(message)
        note(f"{child.name} died ({describe_status(status)}), starting it again in {pause_s:.1f} s")

    def _last_words(self) -> str:
        words = [f"{child.name}: {child.tail()[-1]}" for child in self._children() if child.tail()]
        return "".join(f"; {word}" for word in words)

    def _wait_for_output(self) -> None:
        pipes = [
            child.process.stdout
            for child in self._children()
            if child.process and child.process.stdout and not child.process.stdout.closed
        ]
        readable, _, _ = select.select(pipes, [], [], TICK_S)
        for child in self._children():
            if child.process is not None and child.process.stdout in readable:
                child.forward_output()

    def _stop_stage(self, children: Sequence[Child]) -> None:
        first = 1 if self._interrupts.count > 1 else 0
        for step in range(first, max((len(child.stop_steps()) for child in children), default=0)):
            haste = self._interrupts.count
            alive = [child for child in children if child.process and child.process.poll() is None]
            waits_s = [0.0]
            for child in alive:
                steps = child.stop_steps()
                stop_signal, wait_s = steps[min(step, len(steps) - 1)]
                if child.process is not None:
                    child.process.send_signal(stop_signal)
                waits_s.append(wait_s)
            give_up_at = time.monotonic() + max(waits_s)
            while time.monotonic() < give_up_at and self._interrupts.count == haste:
                if all(child.process is None or child.process.poll() is not None for child in children):
                    break
                self._wait_for_output()
        for child in children:
            child.reap(counts=False)
