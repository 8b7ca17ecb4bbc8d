import re
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts import emails, identity
from accounts.adapter import AccountAdapter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", sorted(emails.WORDINGS))
def test_every_mail_has_a_subject_a_text_and_a_page(kind):
    message = emails.build(kind, "ada@example.com", {"code": "ABCD-EFGH", "signup_url": "/x"})

    html, mimetype = message.alternatives[0]
    assert mimetype == "text/html"
    assert message.to == ["ada@example.com"]
    assert str(emails.WORDINGS[kind].subject)
    assert "\n" not in message.subject
    assert "ABCD-EFGH" in message.body
    assert "ABCD-EFGH" in html
    assert "{{" not in html + message.body


def test_every_mail_that_allauth_sends_has_a_wording():
    """Their names stand in allauth's own templates; a new one must not surprise a customer."""
    account, mfa = (_named(app) for app in ("account", "mfa"))

    # Of the second factors the shop has no passkeys yet.
    used = {name for name in mfa if not name.startswith("webauthn")}
    assert account | used == {*emails.WORDINGS, "password_reset_code"}


def _named(app):
    folder = Path(allauth.__file__).parent / "templates" / app / "email"
    return {path.name.removesuffix("_subject.txt") for path in folder.glob("*_subject.txt")}


def test_a_mail_speaks_the_language_of_the_account():
    identity.register("ada@example.com", password=None, language="en")
    identity.register("clara@example.com", password=None, language="de")

    english = emails.build("password_changed", "ada@example.com", {})
    german = emails.build("password_changed", "CLARA@example.com", {})

    assert "/en/account/password/reset/" in english.body
    assert "/de/account/password/reset/" not in english.body
    assert "/de/account/password/reset/" in german.body


def test_a_link_is_a_button_and_stands_in_the_text():
    message = emails.build(
        "password_reset_key", "ada@example.com", {"password_reset_url": "https://kontor.example/k"}
    )

    html = message.alternatives[0][0]
    assert "https://kontor.example/k" in message.body
    assert re.search(r'<a class="button"[^>]*href="https://kontor.example/k"', html)


def test_what_strangers_can_send_goes_out_once_an_hour(rf, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    adapter = AccountAdapter(rf.get("/"))
    mail.outbox.clear()

    for address in ("ada@example.com", "ADA@example.com", "ben@example.com"):
        adapter.send_mail("account/email/unknown_account", address, {"signup_url": "/x"})
    for _time in range(2):
        adapter.send_mail("account/email/login_code", "ada@example.com", {"code": "ABCD-EFGH"})

    assert [message.to[0] for message in mail.outbox] == [
        "ada@example.com",
        "ben@example.com",
        "ada@example.com",
        "ada@example.com",
    ]
    assert not EmailAddress.objects.exists()


def test_a_mail_server_that_is_away_is_named(monkeypatch, caplog):
    def refuse(self, fail_silently=False):
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)

    with pytest.raises(emails.NotSent):
        emails.send("login_code", "ada@example.com", {"code": "ABCD-EFGH"})

    assert "ada@example.com" not in caplog.text
    assert "login_code not sent: ConnectionRefusedError" in caplog.text
