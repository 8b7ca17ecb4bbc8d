"""`manage.py doctor` says what the shop lacks, and ends with 1 only when something is wrong."""

import datetime
import io
import json

import pytest
from django.core.management import call_command

from catalog import jobs
from catalog.law import graphics
from catalog.models import Device, FibreShare, GraphicKind, Product, ProductStatus, VatRate
from content import publishing, versions
from content.models import LegalPage
from shop import backups, doctor, health
from shop.kit import clock, languages
from tests.catalog.law.goods import make_complete
from tests.catalog.law.test_graphics import SVG
from tests.content.conftest import publish
from tests.making import make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def whole(rules, settings, tmp_path):
    """A shop that lacks nothing."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        }
    }
    for kind in GraphicKind.values:
        for code in languages.codes():
            graphics.store(kind, code, SVG, source_url="https://x.eu/a", moment=clock.now())
    for page, label in versions.labels_in_force(LegalPage.values, clock.now()).items():
        publishing.note_reading(page, label, reader="Dr. Recht", by=None, moment=clock.now())
    health.note_heartbeat(clock.now())
    backups.note(moment=clock.now())
    settings.STAFF_SECOND_FACTOR = True


def run(*arguments):
    """What it prints, and with which code it ends."""
    out, code = io.StringIO(), 0
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return out.getvalue(), code


def on_sale(*laws, **fields):
    product = make_complete(*laws, **fields)
    Product.objects.filter(pk=product.pk).update(
        status=ProductStatus.ACTIVE, published_at=product.created_at
    )
    return product


def test_a_whole_shop_is_well():
    on_sale()

    text, code = run()

    assert code == 0, text
    assert {line.split()[0] for line in text.splitlines()} == {"ok"}


def test_machines_read_the_same_as_people():
    lines = [line.split(":")[0].split(maxsplit=1) for line in run()[0].splitlines()]

    found = json.loads(run("--json")[0])

    assert [[one["level"], one["topic"]] for one in found] == lines


def test_a_graphic_that_nobody_uploaded_is_an_error():
    graphics.OfficialGraphic.objects.filter(kind="notice", language="de").delete()

    text, code = run()

    assert code == 1
    assert "error   official graphics: notice (de) is not uploaded" in text
    assert text.count("error") == 1


@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        ("MERCHANT_PHONE", None, "error   merchant: MERCHANT_PHONE is not set"),
        ("MERCHANT_CITY", "", "error   merchant: MERCHANT_CITY is empty"),
    ],
)
def test_a_gap_in_the_imprint_is_an_error(monkeypatch, variable, value, line):
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)

    text, code = run()

    assert code == 1
    assert line in text


def test_numbers_of_registers_are_wanted_for_what_is_on_sale_alone(monkeypatch):
    for name in ("PACKAGING", "WEEE", "BATTERY"):
        monkeypatch.setenv(f"MERCHANT_{name}_NUMBER", "")
    assert "ok      registers" in run()[0]

    product = on_sale()
    assert "no LUCID number" in run()[0]
    assert "no WEEE number" not in run()[0]
    Device.objects.create(product=product, battery_kind="button", battery_place="fixed")

    text, code = run()
    assert code == 1
    assert "no WEEE number" in text
    assert "no battery number" in text


def test_goods_on_sale_without_their_data_are_counted_and_named():
    product, _complete = on_sale("textile"), on_sale()

    text, code = run()

    sku = product.variants.get().sku
    assert code == 1
    assert f"error   products: 1 on sale lack mandatory data: {sku} (fibres)" in text
    FibreShare.objects.create(product=product, fibre="silk", percent=100)
    assert run()[1] == 0


def test_what_was_held_back_is_a_warning_and_no_error():
    product = make_complete()
    Product.objects.filter(pk=product.pk).update(publish_problem="fibres")

    text, code = run()

    assert code == 0
    assert "warning products: 1 could not go live" in text


def test_a_country_without_complete_rates_is_an_error_and_ours_above_all():
    make_delivery("north", "9.00", ["SE"], (3, 5))
    text, code = run()
    assert code == 1
    assert "error   VAT rates: SE: delivered to, but not taxable" in text
    assert "AT:" not in text

    VatRate.objects.filter(country="DE", vat_class="reduced").delete()
    text, code = run()
    assert code == 1
    assert "error   VAT rates: DE has no reduced rate today" in text


def test_rates_to_be_looked_up_are_a_hint_until_they_are_confirmed():
    VatRate.objects.filter(country="NL", vat_class="reduced").update(remark_en="Look it up")
    VatRate.objects.filter(country="NL", vat_class="zero").update(
        remark_en="Looked up", confirmed_on=clock.day_of(clock.now())
    )

    text, code = run()

    assert code == 0
    assert "warning VAT rates: to be looked up and confirmed in the admin: NL reduced 9 %" in text


def test_a_silent_beat_is_noticed_and_the_job_of_every_minute_is_its_sign():
    health.note_heartbeat(clock.now() - datetime.timedelta(minutes=9))
    assert "last seen 9 minutes ago" in run()[0]

    jobs.keep_dates()

    assert "ok      background work" in run()[0]


def test_keys_for_tests_and_senders_from_nowhere_are_errors_in_a_real_shop(settings):
    settings.DEMO = False

    text, code = run()

    assert code == 1
    assert "error   payment: STRIPE_SECRET_KEY is one for tests" in text
    assert "error   mail: DEFAULT_FROM_EMAIL is at kontor.example" in text
    settings.STRIPE_SECRET_KEY, settings.DEFAULT_FROM_EMAIL = "", "shop"
    text, code = run()
    assert "warning payment" in text
    assert "is no address" in text


def test_a_storage_that_cannot_be_written_is_an_error(settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "file")},
        }
    }

    text, code = run()

    assert code == 1
    assert "error   storage: the storage private cannot be written" in text


def test_neighbours_that_are_away_are_named_and_nothing_breaks(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"

    text, code = run()

    assert code == 1
    assert "error   broker: cannot be reached" in text
    assert "ok      database: reachable" in text


def test_levels_are_three():
    assert {one.level for one in doctor.examine(clock.now())} <= {"ok", "warning", "error"}


@pytest.mark.parametrize(
    ("holder", "iban", "bic", "line"),
    [
        ("Kontor", "DE02120300000000202052", "", "a true MERCHANT_BANK_IBAN is missing"),
        ("", "DE02120300000000202051", "", "MERCHANT_BANK_HOLDER or"),
        ("Kontor", "DE02120300000000202051", "DKB", "MERCHANT_BANK_BIC is no BIC"),
    ],
)
def test_an_account_that_is_half_entered_is_an_error(settings, holder, iban, bic, line):
    settings.BANK_HOLDER, settings.BANK_IBAN, settings.BANK_BIC = holder, iban, bic

    text, code = run()

    assert code == 1
    assert line in text


def test_a_text_that_no_lawyer_read_is_named():
    publish("terms", extra="Neu.", moment=clock.now())

    text, code = run()

    assert "have a lawyer read: terms;" in text
    assert code == 0
