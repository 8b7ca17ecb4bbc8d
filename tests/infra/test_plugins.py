"""The suite's own plugins: no network, one Chromium."""

import socket

import pytest
from django.urls import reverse

from tests import chromium
from tests.plugins.network import OutsideWorld


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("shop.example", 443), ("2001:db8::1", 80)])
def test_no_test_reaches_another_machine(address):
    with socket.socket() as probe, pytest.raises(OutsideWorld):
        probe.connect(address)
    with pytest.raises(OutsideWorld):
        socket.create_connection(address, timeout=1)


def test_the_loopback_is_open(live_server):
    with socket.create_connection(("localhost", live_server.thread.port), timeout=5) as connection:
        assert connection.getpeername()[0] in ("127.0.0.1", "::1")


def test_the_named_chromium_comes_first(monkeypatch, script, tmp_path):
    script("chromium", "true")
    named = script("my-chromium", "true")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert chromium.find() == str(tmp_path / "bin" / "chromium")

    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium.find() == str(named)

    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    assert chromium.find() is None


def test_without_chromium_and_root_one_sentence_says_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)

    chromium.ensure()

    assert capsys.readouterr().err == f"{chromium.ADVICE}\n"


@pytest.mark.browser
def test_the_browser_reads_the_mails_of_the_demo(live_server, new_page):
    page = new_page(java_script_enabled=False, locale="en-GB", viewport=(390, 844))

    answer = page.goto(live_server.url + reverse("mail_list"))

    assert answer.status == 200
    assert page.locator("h1").inner_text() == "Mails of the demo"
