"""The sandbox as a process of its own: start, port, signals, state over a restart."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import stripe

from demo.payment_sandbox.remote import Remote
from tests.payment_sandbox.fixtures import SECRET_KEY, WEBHOOK_SECRET, order

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start():
    running = []

    def begin(*options, environment=None):
        command = [sys.executable, "-m", "demo.payment_sandbox", "--port", "0", *options]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PAYMENT_SANDBOX_SECRET_KEY": SECRET_KEY, **(environment or {})},
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=5)


def _url(process):
    return re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline()).group()


def _client(url):
    return stripe.StripeClient(SECRET_KEY, base_addresses={"api": url}, max_network_retries=0)


def _end(process):
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=5)
    return code, time.monotonic() - begun


def test_it_prints_its_port_and_stops_within_a_second(start):
    process = start()
    url = _url(process)
    assert _client(url).v1.events.list().data == []

    code, seconds = _end(process)

    assert code == 0
    assert seconds < 1.0
    assert process.stderr.read() == ""


def test_it_imports_neither_django_nor_the_shop(start):
    code = (
        "import sys, demo.payment_sandbox.__main__;"
        "print([name for name in sys.modules if name.split('.')[0] in "
        "('django', 'stripe', 'shop', 'orders', 'checkout')])"
    )

    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"


def test_without_a_key_it_says_what_is_missing(start):
    process = start(environment={"PAYMENT_SANDBOX_SECRET_KEY": ""})

    _, error = process.communicate(timeout=5)

    assert process.returncode == 2
    assert "--secret-key" in error


def test_the_state_survives_a_restart_and_even_a_kill(start, tmp_path, webhook_inbox, buyer):
    options = ["--data", str(tmp_path / "sandbox.sqlite3"), "--webhook-secret", WEBHOOK_SECRET]
    process = start(*options)
    url = _url(process)
    sessions = _client(url).v1.checkout.sessions
    key = {"idempotency_key": "key-1"}
    paid = sessions.create(params=order(), options=key)
    later, waiting = sessions.create(params=order()), sessions.create(params=order())
    buyer.press(paid.url, "pay")
    buyer.press(later.url, "pay-later")
    Remote(url).advance(10)
    process.kill()
    process.wait(timeout=5)

    url = _url(start(*options, "--webhook-url", webhook_inbox.url))

    sessions = _client(url).v1.checkout.sessions
    assert sessions.retrieve(paid.id).payment_status == "paid"
    assert sessions.create(params=order(), options=key).id == paid.id
    assert sessions.retrieve(later.id).payment_status == "unpaid"
    assert [row.id for row in sessions.list()] == [waiting.id, later.id, paid.id]
    control = Remote(url)
    assert control.state()["offset"] == 10
    control.advance(11)
    assert sessions.retrieve(later.id).payment_status == "paid"
    control.advance(24 * 3600)
    assert sessions.retrieve(waiting.id).status == "expired"
    control.wait_until_idle()
    assert webhook_inbox.types() == [
        "charge.succeeded",
        "checkout.session.async_payment_succeeded",
        "checkout.session.expired",
        "payment_intent.succeeded",
    ]


def test_a_webhook_not_delivered_yet_is_delivered_after_the_restart(
    start, tmp_path, webhook_inbox, buyer
):
    webhook_inbox.statuses[:] = [500] * 4
    options = ["--data", str(tmp_path / "sandbox.sqlite3"), "--webhook-secret", WEBHOOK_SECRET]
    options += ["--webhook-url", webhook_inbox.url, "--retry-delays", "0.5"]
    process = start(*options)
    url = _url(process)
    buyer.press(_client(url).v1.checkout.sessions.create(params=order()).url, "pay")
    Remote(url).wait_until_idle()
    _end(process)
    assert len(webhook_inbox.posts) == 4

    url = _url(start(*options))
    end = time.monotonic() + 5
    while len(webhook_inbox.posts) < 8 and time.monotonic() < end:
        time.sleep(0.05)

    Remote(url).wait_until_idle()
    assert Remote(url).state()["deliveries_by_state"] == {"delivered": 4}
