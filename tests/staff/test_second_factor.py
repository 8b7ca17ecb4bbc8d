"""Staff come into the admin with a second factor, and prove it anew before grave acts."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client

from accounts import second_factor
from accounts.models import AuditEntry
from shop import doctor
from shop.kit import clock
from tests import making
from tests.conftest import PASSWORD

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]
LOGIN = "/de/account/login/"
ACTIVATE = "/de/account/second-factor/totp/activate/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_SECOND_FACTOR = True


def _code(secret: str, *, at: float = 0.0) -> str:
    counter = int((at or time.time()) // 30)
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def _enrol(person) -> str:
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(person, secret)
    return secret


def _sign_in(person, *, secret: str = "") -> Client:
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    if secret:
        answer = client.post("/de/account/second-factor/authenticate/", {"code": _code(secret)})
        assert answer.status_code == 302
    return client


def test_without_a_second_factor_the_admin_leads_to_setting_one_up(sam):
    client = _sign_in(sam)

    answer = client.get("/admin/orders/order/")

    assert answer.status_code == 302
    assert answer["Location"] == ACTIVATE
    assert not AuditEntry.objects.filter(act="read").exists()


def test_setting_one_up_opens_the_admin_after_one_code(sam, django_capture_on_commit_callbacks):
    client = _sign_in(sam)
    client.post("/de/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ACTIVATE, {"code": _code(secret)})

    assert answer.status_code == 302
    assert second_factor.is_enrolled(sam)
    assert [one.to for one in mail.outbox if "zweiten Faktor" in one.subject] == [[sam.email]]
    first = client.get("/admin/")
    assert first["Location"].startswith("/de/account/second-factor/reauthenticate/?next=")
    # A code is good for one use; the neighbouring one lies within the tolerance.
    code = _code(secret, at=time.time() + 30)
    back = client.post("/de/account/second-factor/reauthenticate/?next=/admin/", {"code": code})
    assert back["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_who_signs_in_with_both_comes_in_and_with_the_password_alone_does_not(sam):
    secret = _enrol(sam)

    assert _sign_in(sam).get("/admin/").status_code == 302
    assert _sign_in(sam, secret=secret).get("/admin/").status_code == 200


def test_a_session_from_before_does_not_come_in_without_the_code(sam):
    client = _sign_in(sam)
    _enrol(sam)

    assert "reauthenticate" in client.get("/admin/")["Location"]


def test_a_refund_asks_for_a_fresh_proof_and_reading_does_not(sam):
    order = making.make_order(None, names=["Mug"])
    secret = _enrol(sam)
    client = _sign_in(sam, secret=secret)

    assert client.get(f"/admin/orders/order/{order.pk}/change/").status_code == 200
    answer = client.get(f"/admin/orders/order/{order.pk}/refund/")

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    client.post("/de/account/reauthenticate/", {"password": PASSWORD})
    assert client.get(f"/admin/orders/order/{order.pk}/refund/").status_code == 200


def test_changing_a_role_asks_for_a_fresh_proof(sam, ada):
    secret = _enrol(sam)
    client = _sign_in(sam, secret=secret)
    address = f"/admin/accounts/customer/{ada.pk}/change/"

    assert client.get(address).status_code == 200
    answer = client.post(address, {"is_staff": "on"})

    assert "reauthenticate" in answer["Location"]
    ada.refresh_from_db()
    assert not ada.is_staff


def test_the_setting_opens_a_demo_to_the_password_alone(sam, settings):
    settings.STAFF_SECOND_FACTOR = False

    assert _sign_in(sam).get("/admin/").status_code == 200
    told = [one.text for one in doctor.examine(clock.now()) if one.topic == "staff"]
    assert any("STAFF_SECOND_FACTOR=0" in one for one in told)
    assert any("1 owners" in one for one in told)


def test_secrets_are_locked_and_open_with_an_older_key(sam, settings):
    secret = _enrol(sam)
    stored = Authenticator.objects.get(user=sam)
    assert secret not in str(stored.data)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the shop, long enough for the settings to take it"

    assert second_factor.SecondFactorAdapter().decrypt(stored.data["secret"]) == secret


def test_owners_remove_a_lost_factor_and_never_see_the_secret(sam, settings):
    settings.STAFF_SECOND_FACTOR = False
    _enrol(sam)
    row = Authenticator.objects.get(user=sam)
    client = _sign_in(sam)
    client.force_login(sam)

    page = client.get(f"/admin/mfa/authenticator/{row.pk}/change/").content.decode()
    assert row.data["secret"] not in page
    client.post(f"/admin/mfa/authenticator/{row.pk}/delete/", {"post": "yes"})

    assert not Authenticator.objects.filter(user=sam).exists()
    assert AuditEntry.objects.filter(act="delete", object_type="mfa.authenticator").exists()


def test_customers_may_have_one_too_and_take_it_along(ada, client):
    _enrol(ada)
    client.force_login(ada)

    assert client.get("/de/account/second-factor/").status_code == 200
    assert client.get("/en/account/second-factor/").status_code == 200
