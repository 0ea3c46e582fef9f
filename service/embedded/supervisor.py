"""Keeps parts alive while asked to, and stops them in order."""

import select
import time
from collections.abc import Callable, Sequence

from service.embedded.interrupts import Interrupts
from service.embedded.notes import note
from service.embedded.parts import Part
from service.embedded.processes import describe_status
from service.errors import ServersError

TURN_S = 0.05
FAILURES_MAX = 5


class Supervisor:
    """Stages of parts: started stage by stage, kept alive, stopped in reverse.

    Args:
        interrupts: Counts the requests to stop.
    """

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._stages: list[Sequence[Part]] = []

    @property
    def is_interrupted(self) -> bool:
        """Tell whether a stop was asked for."""
        return self._interrupts.count > 0

    def start(self, *parts: Part) -> None:
        """Start parts that may start together and are stopped together."""
        self._stages.append(parts)
        for part in parts:
            part.start()

    def wait_until(self, condition: Callable[[], bool], *, what: str, wait_s: float) -> bool:
        """Take turns until the condition holds.

        Returns:
            False when a stop was asked for meanwhile.

        Raises:
            ServersError: The time was up, or a part keeps dying.
        """
        give_up_at = time.monotonic() + wait_s
        while not self.is_interrupted:
            if condition():
                return True
            if time.monotonic() >= give_up_at:
                message = f"{what} within {wait_s:.0f} s{self._last_words()}"
                raise ServersError(message)
            self.turn()
        return False

    def run(self) -> None:
        """Keep the parts alive until a stop is asked for."""
        while not self.is_interrupted:
            self.turn()

    def turn(self) -> None:
        """Pass output on, find the dead, start again what may start.

        Raises:
            ServersError: A part died FAILURES_MAX times in a row soon after its start.
        """
        self._wait_for_output()
        for part in self._parts():
            if part.process is not None and part.process.poll() is not None:
                self._bury(part, status=part.process.returncode)
        for part in self._parts():
            due = part.process is None and time.monotonic() >= part.restart_at_s
            if due and all(need.is_ready() for need in part.needs):
                part.start()

    def stop(self) -> None:
        """Stop all stages, the last first; another request to stop moves on to the next, harsher signal."""
        for stage in reversed(self._stages):
            self._stop_stage([part for part in stage if part.process is not None])
        self._stages.clear()

    def _parts(self) -> list[Part]:
        return [part for stage in self._stages for part in stage]

    def _bury(self, part: Part, *, status: int) -> None:
        explained = not all(need.is_ready() for need in part.needs)
        pause_s = part.bury(counts=not explained)
        if part.failures >= FAILURES_MAX:
            last = " | ".join(line.strip() for line in part.tail()) or "it said nothing"
            message = f"{part.name} died {part.failures} times in a row ({describe_status(status)}): {last}"
            raise ServersError(message)
        note(f"{part.name} died ({describe_status(status)}), starting it again in {pause_s:.1f} s")

    def _last_words(self) -> str:
        words = [f"{part.name}: {part.tail()[-1]}" for part in self._parts() if part.tail()]
        return "".join(f"; {word}" for word in words)

    def _wait_for_output(self) -> None:
        pipes = [
            part.process.stdout
            for part in self._parts()
            if part.process and part.process.stdout and not part.process.stdout.closed
        ]
        readable, _, _ = select.select(pipes, [], [], TURN_S)
        for part in self._parts():
            if part.process is not None and part.process.stdout in readable:
                part.pass_on_output()

    def _stop_stage(self, parts: Sequence[Part]) -> None:
        first = 1 if self._interrupts.count > 1 else 0
        for step in range(first, max((len(part.stop_steps()) for part in parts), default=0)):
            haste = self._interrupts.count
            alive = [part for part in parts if part.process and part.process.poll() is None]
            waits_s = [0.0]
            for part in alive:
                steps = part.stop_steps()
                stop_signal, wait_s = steps[min(step, len(steps) - 1)]
                if part.process is not None:
                    part.process.send_signal(stop_signal)
                waits_s.append(wait_s)
            give_up_at = time.monotonic() + max(waits_s)
            while time.monotonic() < give_up_at and self._interrupts.count == haste:
                if all(part.process is None or part.process.poll() is not None for part in parts):
                    break
                self._wait_for_output()
        for part in parts:
            part.bury(counts=False)
