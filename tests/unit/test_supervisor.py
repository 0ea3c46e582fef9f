import os
import signal
import subprocess
import sys
import time

import pytest

from service.embedded.child import BACKOFF_FIRST_S, Child
from service.embedded.interrupts import Interrupts
from service.embedded.processes import spawn
from service.embedded.supervisor import FAILURES_MAX, Supervisor
from service.errors import ServersError

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('deaf', flush=True)
time.sleep(99)
"""


def python_child(name: str, code: str, *, wait_s: float = 5.0) -> Child:
    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", code]
        return spawn(command, death_signal=signal.SIGKILL, env=os.environ, output=subprocess.PIPE)

    return Child(name, start, stop_steps=((signal.SIGTERM, wait_s),))


def test_a_child_that_fails_again_and_again_ends_the_supervisor_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.embedded.child.BACKOFF_FIRST_S", 0.001)
    child = python_child("broken", "import sys; sys.exit('no such table')")
    with Interrupts() as interrupts:
        supervisor = Supervisor(interrupts)
        supervisor.start(child)
        with pytest.raises(ServersError, match=r"broken died 5 times .*exit status 1.*no such table"):
            supervisor.run()
        supervisor.stop()
    assert child.failures == FAILURES_MAX


def test_a_child_killed_from_outside_is_started_again_however_often(
    capsys: pytest.CaptureFixture[str],
) -> None:
    child = python_child("victim", "import time; time.sleep(99)")
    with Interrupts() as interrupts:
        supervisor = Supervisor(interrupts)
        supervisor.start(child)
        for _ in range(FAILURES_MAX + 1):
            assert child.process is not None
            child.process.kill()
            child.process.wait()
            supervisor.wait_until(lambda: child.process is None, what="no death", wait_s=10)
            assert child.restart_at_s <= time.monotonic() + BACKOFF_FIRST_S
            supervisor.wait_until(lambda: child.process is not None, what="no restart", wait_s=10)
        supervisor.stop()
    assert capsys.readouterr().err.count("victim died (killed by SIGKILL)") == FAILURES_MAX + 1


def test_a_child_waits_for_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    needed = python_child("needed", "import time; time.sleep(99)")
    child = python_child("user", "pass")
    child.needs = [needed]
    with Interrupts() as interrupts:
        supervisor = Supervisor(interrupts)
        supervisor.start(child)
        for _ in range(20):
            supervisor.tick()
        assert (child.process, child.failures) == (None, 0)
    assert "user died (exit status 0)" in capsys.readouterr().err


def test_output_is_passed_on_line_by_line_under_the_childs_name(capsys: pytest.CaptureFixture[str]) -> None:
    child = python_child("speaker", "print('one'); print('two', end='')")
    with Interrupts() as interrupts:
        supervisor = Supervisor(interrupts)
        supervisor.start(child)
        supervisor.wait_until(lambda: child.process is None, what="no end", wait_s=10)
        supervisor.stop()
    assert capsys.readouterr().err.startswith("speaker | one\nspeaker | two\n")


def test_a_child_deaf_to_its_signal_is_killed() -> None:
    child = python_child("deaf", STUBBORN, wait_s=0.3)
    with Interrupts() as interrupts:
        supervisor = Supervisor(interrupts)
        supervisor.start(child)
        supervisor.wait_until(lambda: child.tail() == ["deaf"], what="silent", wait_s=10)
        process = child.process
        supervisor.stop()
    assert process is not None
    assert process.returncode == -signal.SIGKILL


def test_a_second_request_to_stop_hurries() -> None:
    child = python_child("deaf", STUBBORN, wait_s=60.0)
    with Interrupts() as interrupts:
        supervisor = Supervisor(interrupts)
        supervisor.start(child)
        supervisor.wait_until(lambda: child.tail() == ["deaf"], what="silent", wait_s=10)
        interrupts.count = 2
        before_s = time.monotonic()
        supervisor.stop()
    assert time.monotonic() - before_s < 10.0


def test_a_signal_and_its_echo_count_once() -> None:
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
        assert interrupts.count == 1
