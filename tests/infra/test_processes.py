"""No process is left behind, whatever happens to the one that started it."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from demo import ports, processes
from tests.infra.conftest import ROOT, eventually, is_alive


@pytest.fixture
def tree(tmp_path):
    made = processes.Tree(wish=processes.Wish(), logs=tmp_path)
    yield made
    made.stop()


def _start(tree, code, name="Part", **options):
    command = [sys.executable, "-S", "-c", textwrap.dedent(code)]
    return tree.start(name, command, env={"PATH": os.defpath}, folder=ROOT, **options)


SLEEP = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = """
    import signal, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("up", flush=True)
    time.sleep(60)
"""
PARENT = """
    import subprocess, sys, time
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print(child.pid, flush=True)
    time.sleep(60)
"""


def _says(child):
    assert eventually(lambda: child.log.exists() and child.log.read_text().endswith("\n"))
    return child.log.read_text().strip()


def test_children_are_stopped_in_the_reverse_order_of_their_start(tree):
    first, second = _start(tree, SLEEP, "First"), _start(tree, SLEEP, "Second")
    order = []
    for child in (first, second):
        stop = child.stop
        child.stop = lambda stop=stop, child=child, **kw: (order.append(child.name), stop(**kw))

    tree.stop()

    assert order == ["Second", "First"]
    assert not is_alive(first.pid)
    assert not is_alive(second.pid)


def test_what_a_child_started_goes_with_it(tree):
    child = _start(tree, PARENT)
    grandchild = int(_says(child))
    assert is_alive(grandchild)

    tree.stop()

    assert eventually(lambda: not is_alive(grandchild), seconds=2)


def test_a_child_that_will_not_stop_is_killed_when_its_time_is_up(tree):
    child = _start(tree, STUBBORN, grace=0.3)
    _says(child)
    started = time.monotonic()

    tree.stop()

    assert child.exit_code == -signal.SIGKILL
    assert 0.3 <= time.monotonic() - started < 3


def test_a_second_signal_cuts_the_patience_short(tree):
    child = _start(tree, STUBBORN, grace=60)
    _says(child)
    tree.wish.note(signal.SIGTERM)
    child.ask_to_stop = lambda: tree.wish.note(signal.SIGTERM)
    started = time.monotonic()

    tree.stop()

    assert time.monotonic() - started < 3
    assert not is_alive(child.pid)


def test_a_child_that_was_killed_starts_again_in_its_place(tree):
    first, second = _start(tree, SLEEP, "First"), _start(tree, SLEEP, "Second")
    _says(first)
    os.killpg(first.pid, signal.SIGKILL)

    fresh = tree.start_again(first)

    assert fresh.pid != first.pid
    assert fresh.is_running
    assert [child.name for child in tree.children] == ["First", "Second"]
    assert tree.children == [fresh, second]
    assert not is_alive(first.pid)


def test_no_child_is_started_after_somebody_asked_to_stop(tree):
    tree.wish.note(signal.SIGINT)

    with pytest.raises(processes.Stopped):
        _start(tree, SLEEP)

    assert tree.children == []


def test_a_child_that_dies_while_starting_is_named_with_its_log(tree):
    child = _start(tree, "raise SystemExit(3)", "Payment sandbox")

    with pytest.raises(processes.Failed, match=r"Payment sandbox ended .*payment-sandbox\.log"):
        tree.wait_until(child, lambda: False, seconds=10)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a killed parent")
def test_children_end_when_their_supervisor_is_killed(tmp_path):
    code = f"""
        import os, time
        from pathlib import Path
        from demo import processes
        tree = processes.Tree(wish=processes.Wish(), logs=Path({str(tmp_path)!r}))
        child = tree.start("Part", ["/bin/sleep", "60"], env={{}}, folder=Path("/"))
        print(child.pid, flush=True)
        time.sleep(60)
    """
    supervisor = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with supervisor.stdout:
        pid = int(supervisor.stdout.readline())
    assert is_alive(pid)

    supervisor.kill()
    supervisor.wait()

    assert eventually(lambda: not is_alive(pid), seconds=3)


def test_a_free_port_is_free_and_a_taken_one_is_not():
    import socket

    port = ports.free_port()
    assert ports.is_free(port)

    with socket.socket() as server:
        server.bind((ports.LOOPBACK, port))
        server.listen()
        assert not ports.is_free(port)
