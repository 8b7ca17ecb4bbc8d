import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import identity
from accounts.models import Address, Customer
from tests.making import make_customer, make_order

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    """Rate limits live in the cache, which other processes of the suite share."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "limits"}}
    cache.clear()


@pytest.fixture
def ada():
    return identity.register(
        "ada@example.com", password=PASSWORD, language="en", name="Ada", is_verified=True
    )


def _code_in_mail() -> str:
    found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[0]


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_request_login_code",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_for_strangers_can_be_read(client, name, language):
    with translation.override(language):
        path = reverse(name)

    response = client.get(path)

    assert path.startswith(f"/{language}/account/")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "name", ["account", "account_logout", "account_email", "account_change_password"]
)
def test_pages_of_the_account_ask_strangers_to_sign_in(client, ada, name):
    stranger = client.get(reverse(name))
    client.force_login(ada)
    owner = client.get(reverse(name))

    assert stranger.status_code == 302
    assert owner.status_code == 200


def test_the_overview_shows_what_is_the_customers_own_and_is_not_kept(client, ada):
    Address.objects.create(
        customer=ada, name="Ada L.", street="Kai 1", postcode="20457", city="Hamburg"
    )
    carol = make_customer("carol@example.com", name="Carol")
    Address.objects.create(
        customer=carol, name="Carol", street="Deich 9", postcode="20459", city="Hamburg"
    )
    client.force_login(ada)

    response = client.get("/en/account/")

    page = response.content.decode()
    assert "ada@example.com" in page
    assert "Kai 1" in page
    assert "carol@example.com" not in page
    assert "Deich 9" not in page
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "placed"}, "Waiting for payment"),
        ({"status": "confirmed"}, "Being prepared"),
        ({"status": "completed", "fulfilment_status": "fulfilled"}, "Shipped"),
        ({"status": "cancelled"}, "Cancelled"),
    ],
)
def test_the_overview_says_how_it_stands_with_an_order(client, ada, facts, words):
    mine = make_order(ada, names=["Mug", "Pot", "Tea"], **facts)
    make_order(make_customer(), names=["Lamp"])
    client.force_login(ada)

    response = client.get("/en/account/")

    [shown] = response.context["orders"]
    assert shown["number"] == mine.number
    assert shown["status_text"] == words
    assert shown["goods_text"] == "Mug and 2 more"
    assert shown["total"] == "€30.00"
    assert client.get(shown["url"]).status_code == 200
    assert "Lamp" not in response.content.decode()


def test_more_orders_cost_no_more_statements(client, ada, django_assert_max_num_queries):
    client.force_login(ada)
    client.get("/en/account/")  # menu and footer are kept from now on
    for _number in range(12):
        make_order(ada, names=["Mug", "Pot"])

    # session, customer, content version, orders, their lines, addresses
    with django_assert_max_num_queries(6):
        client.get("/en/account/")


def test_signing_up_needs_the_code_from_the_mailbox(client):
    client.post(
        "/en/account/signup/", {"email": "new@example.com", "password1": PASSWORD}, follow=True
    )
    assert not EmailAddress.objects.get(email="new@example.com").verified
    assert client.get("/en/account/").status_code == 302

    client.post("/en/account/confirm-email/", {"code": _code_in_mail()})

    assert EmailAddress.objects.get(email="new@example.com").verified
    assert Customer.objects.get(email="new@example.com").language == "en"
    assert client.get("/en/account/").status_code == 200


def test_signing_up_with_a_known_address_looks_the_same(client, ada):
    known = client.post("/en/account/signup/", {"email": ada.email, "password1": PASSWORD})
    told = [message.subject for message in mail.outbox]
    new = client.post("/en/account/signup/", {"email": "new@example.com", "password1": PASSWORD})

    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert told == ["You already have an account"]
    assert Customer.objects.filter(email=ada.email).count() == 1


def test_a_password_lets_its_owner_in_and_a_wrong_one_does_not(client, ada):
    wrong = client.post("/en/account/login/", {"login": ada.email, "password": "guess"})
    assert wrong.status_code == 200
    assert client.get("/en/account/").status_code == 302

    right = client.post("/en/account/login/", {"login": "ADA@example.com", "password": PASSWORD})

    assert right["Location"] == "/en/account/"
    assert client.get("/en/account/").status_code == 200


def test_a_code_lets_its_owner_in(client, ada):
    client.post("/en/account/login/code/", {"email": ada.email})

    response = client.post("/en/account/login/code/confirm/", {"code": _code_in_mail()})

    assert response["Location"] == "/en/account/"
    assert client.get("/en/account/").status_code == 200


def test_three_wrong_codes_end_the_attempt(client, ada):
    client.post("/en/account/login/code/", {"email": ada.email})
    right = _code_in_mail()

    for _time in range(3):
        client.post("/en/account/login/code/confirm/", {"code": "WRON-GONE"})
    client.post("/en/account/login/code/confirm/", {"code": right})

    assert client.get("/en/account/").status_code == 302


def test_five_wrong_passwords_close_the_door_for_a_while(client, ada):
    for _time in range(5):
        client.post("/en/account/login/", {"login": ada.email, "password": "guess"})

    client.post("/en/account/login/", {"login": ada.email, "password": PASSWORD})

    assert client.get("/en/account/").status_code == 302


def test_ten_accounts_an_hour_are_enough_for_one_address():
    answers = [
        Client()
        .post("/en/account/signup/", {"email": f"n{number}@example.com", "password1": PASSWORD})
        .status_code
        for number in range(11)
    ]

    assert answers[-1] == 429
    assert Customer.objects.count() == 10


def test_a_forgotten_password_is_chosen_anew_by_the_link_in_the_mail(client, ada):
    client.post("/en/account/password/reset/", {"email": ada.email})
    link = re.search(r"https?://\S+/password/reset/key/\S+", mail.outbox[-1].body)[0]

    page = client.get(link, follow=True)
    form_path = page.redirect_chain[-1][0]
    client.post(form_path, {"password1": "another horse", "password2": "another horse"})

    ada.refresh_from_db()
    assert ada.check_password("another horse")
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_changed_password_ends_the_other_sessions(client, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    client.post("/en/account/login/", {"login": ada.email, "password": PASSWORD})

    client.post(
        "/en/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another horse", "password2": "another horse"},
    )

    ada.refresh_from_db()
    assert ada.check_password("another horse")
    assert elsewhere.get("/en/account/").status_code == 302


def test_signing_out_leads_home(client, ada):
    client.force_login(ada)

    response = client.post("/en/account/logout/")

    assert response["Location"] == "/en/"
    assert client.get("/en/account/").status_code == 302


def test_a_mail_server_that_is_away_is_no_error_page(client, ada, monkeypatch):
    def refuse(self, fail_silently=False):
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)

    response = client.post("/en/account/login/code/", {"email": ada.email}, follow=True)

    assert response.status_code == 200
    assert "could not be sent" in response.content.decode()


class DatabaseAway:
    """What signing in meets while PostgreSQL starts anew."""

    def authenticate(self, request, **credentials):
        raise OperationalError("the database system is starting up")


def test_a_database_that_was_away_does_not_lock_out_who_has_the_right_password(
    client, ada, settings
):
    typed = {"login": ada.email, "password": PASSWORD}
    backends = settings.AUTHENTICATION_BACKENDS
    settings.AUTHENTICATION_BACKENDS = ["tests.accounts.test_views.DatabaseAway"]
    away = {client.post("/en/account/login/", typed).status_code for _try in range(6)}
    settings.AUTHENTICATION_BACKENDS = backends

    response = client.post("/en/account/login/", typed)

    assert away == {503}
    assert response.status_code == 302
    assert "_auth_user_id" in client.session


def test_wrong_passwords_lock_out_all_the_same(client, ada):
    wrong = {"login": ada.email, "password": "wrong horse"}
    for _try in range(5):
        client.post("/en/account/login/", wrong)

    response = client.post("/en/account/login/", {"login": ada.email, "password": PASSWORD})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
