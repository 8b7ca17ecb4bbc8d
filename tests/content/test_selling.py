"""Outside of demo mode nothing is sold while mandatory data is missing, and everybody says so."""

import os
import subprocess
import sys
import uuid

import pytest
from django.conf import settings
from django.core import checks
from django.utils import translation

from content import selling
from orders.models import Order
from tests.content.conftest import FACTS, NOON


def test_the_deployment_check_names_each_gap(nobody, monkeypatch):
    monkeypatch.setenv("MERCHANT_NAME", "Kontor")

    found = checks.run_checks(tags=["legal"], include_deployment_checks=True)

    assert len(found) == len(FACTS) - 1
    assert {one.id for one in found} == {"legal.E001"}
    assert found[0].msg == "MERCHANT_LEGAL_FORM is not set: the legal pages have a gap."
    assert not checks.run_checks(tags=["legal"])


def test_a_complete_merchant_passes_the_deployment_check(merchant):
    assert checks.run_checks(tags=["legal"], include_deployment_checks=True) == []


def test_what_the_imprint_needs_may_not_be_said_not_to_apply(merchant, monkeypatch):
    monkeypatch.setenv("MERCHANT_EMAIL", " ")
    monkeypatch.setenv("MERCHANT_VAT_ID", "")

    (found,) = selling.obstacles_of_settings()

    assert found.text == "MERCHANT_EMAIL is empty: the imprint needs it"
    with translation.override("en"):
        assert "MERCHANT_EMAIL" in found.for_staff


@pytest.mark.django_db
def test_a_demo_is_open_whatever_is_missing(nobody, settings):
    settings.DEMO = True
    selling.require(NOON)

    settings.DEMO = False
    assert not selling.is_open(NOON)
    with pytest.raises(selling.NotYet):
        selling.require(NOON)


@pytest.mark.django_db
def test_a_complete_shop_is_open(merchant, settings):
    settings.DEMO = False

    assert selling.obstacles(NOON) == []
    assert selling.is_open(NOON)


@pytest.mark.django_db
def test_a_closed_shop_can_be_looked_at_but_takes_no_order(nobody, settings, mug, ben):
    ben.post("/en/cart/lines/", {"variant": mug.pk, "quantity": "1"})
    settings.DEMO = False

    for path in ("/en/", f"/en/p/{mug.product.slug}/", "/en/cart/", "/en/legal/imprint/"):
        assert ben.get(path).status_code == 200, path
    for response in (
        ben.get("/en/checkout/"),
        ben.get("/en/checkout/review/"),
        ben.post("/en/checkout/place/", {"agreed_total": "1.00", "token": uuid.uuid4()}),
    ):
        assert response.status_code == 503
        assert "takes no orders for the moment" in response.content.decode()
        assert "MERCHANT_" not in response.content.decode()
    assert not Order.objects.exists()


def test_the_web_server_starts_whatever_is_missing_and_logs_it(nobody):
    """In a process of its own: there Django is not set up yet."""
    environment = {name: value for name, value in os.environ.items() if name not in FACTS} | {
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "DEMO": "0",
        "SITE_URL": "https://kontor.example",
        "ALLOWED_HOSTS": "kontor.example",
        "CSRF_TRUSTED_ORIGINS": "https://kontor.example",
        "EMAIL_URL": "smtp://localhost:25",
    }

    done = subprocess.run(
        [sys.executable, "-c", "import shop.wsgi"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "no order is accepted: MERCHANT_NAME is not set" in done.stderr
