"""The short form of `make chaos`: all scenarios with a few of everything, in one shop."""

import json
import subprocess
import sys

import pytest

from tests import services
from tests.infra.conftest import ROOT

LONGEST_SECONDS = 400


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The figures of one run, by scenario."""
    path = tmp_path_factory.mktemp("chaos") / "figures.json"
    environment = services.environment_outside() | {"SIZE": "small", "CHAOS_JSON": str(path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
    )
    assert path.exists(), done.stdout + done.stderr
    return json.loads(path.read_text())


def check(report, name, **figures):
    assert report[name]["broken"] == []
    assert {key: report[name]["facts"][key] for key in figures} == figures


@pytest.mark.slow
def test_the_last_pieces_are_sold_once_to_sixteen_buyers_over_http(report):
    check(report, "R1", pieces_sold=10, buyers=16)
    assert report["R1"]["facts"]["refused"] >= 90


def test_every_order_is_paid_once_however_often_and_late_the_messages_come(report):
    check(report, "R4", orders=12, returns=24)
    facts = report["R4"]["facts"]
    assert facts["deliveries"] == 5 * facts["events"] >= 5 * 3 * 12


def test_no_process_is_left(report):
    check(report, "end")
