"""The short form of `make chaos`: all scenarios with a few of everything, in one shop."""

import json
import subprocess
import sys

import pytest

from tests import services
from tests.infra.conftest import ROOT

LONGEST_SECONDS = 900  # about 100 on a quiet machine


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
    assert report["R1"]["facts"]["refused"] >= 70


def test_every_order_is_paid_once_however_often_and_late_the_messages_come(report):
    check(report, "R4", orders=8, returns=16)
    facts = report["R4"]["facts"]
    assert facts["deliveries"] == 5 * facts["events"] >= 5 * 3 * 8


def test_one_button_pressed_by_sixteen_connections_makes_one_order(report):
    check(report, "R2", carts=3, clicks=48, orders=3, payment_pages=3)


def test_a_provider_that_fails_or_is_silent_charges_nobody_twice(report):
    check(report, "R9", checkouts=16)
    assert report["R9"]["facts"]["faults"] > 0


def test_a_coupon_gives_no_use_and_no_cent_beyond_its_limits(report):
    check(report, "R12", CHAOSUSES_in_time=5, CHAOSUSES_asked_again=7, given="9.60")


def test_killed_workers_and_web_processes_lose_nothing_and_double_nothing(report):
    check(report, "R15", kills_web_while_placing=1)
    assert report["R15"]["facts"]["orders_paid"] > 0


def test_a_restart_of_the_database_shows_503_and_nothing_else(report):
    check(report, "R17", restarts=1)
    assert set(report["R17"]["facts"]["answers"]) <= {"200", "302", "303", "503"}


def test_without_cache_and_broker_people_sign_in_order_and_pay(report):
    check(report, "R18")
    assert report["R18"]["facts"]["orders"] > 0
    assert report["R18"]["facts"]["sign_ins"] > 0


def test_mails_wait_for_their_server_and_come_once(report):
    check(report, "R19", orders=6)
    assert report["R19"]["facts"]["given_up"] >= 1


def test_malformed_requests_change_nothing_and_break_nothing(report):
    check(report, "S2", seen_5xx=0, requests=400)
    assert report["S2"]["facts"]["addresses"] >= 10


def test_no_process_is_left(report):
    check(report, "end")
