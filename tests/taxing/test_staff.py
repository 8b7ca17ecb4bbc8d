"""How staff change rates and schemes: a page that says what holds, asks, and writes it down."""

import datetime

import pytest
from django.test import Client

from catalog.models import VatRate, VatSchemeChange
from catalog.vat import loading, schemes
from shop.kit import clock
from tests import backoffice
from tests.backoffice import clerk
from tests.taxing.conftest import desk_of, sell

pytestmark = pytest.mark.django_db
CHANGE = "/admin/catalog/vatschemechange/change/"
LIST = "/admin/catalog/vatschemechange/"


def answer(**changes):
    return {
        "kind": "opt_in",
        "year": "",
        "first_day": "",
        "note": "Advice of the tax adviser",
    } | changes


def test_the_page_says_how_far_the_limit_is(europe, sam):
    moment = clock.now()
    sell("NL", "119.00", moment=moment)

    page = desk_of(sam).get(CHANGE)

    facts = dict(page.context["facts"])
    assert facts["Sales to other EU countries"] == "our VAT"
    assert facts[f"Net value of {moment.year} towards 10,000 €"] == "€100.00"
    assert facts["Small business (§ 19 UStG)"] == "no"


def test_a_choice_is_written_down_with_who_and_why(europe, sam):
    response = desk_of(sam).post(CHANGE, **answer())

    row = VatSchemeChange.objects.get()
    assert response.status_code == 302 and response["Location"] == LIST
    assert (row.kind, row.actor, row.note) == ("opt_in", sam, "Advice of the tax adviser")
    assert schemes.at(clock.now()).is_destination
    assert "Advice of the tax adviser" in desk_of(sam).text(LIST)


def test_a_change_of_the_past_is_refused_at_the_field(europe, sam):
    response = desk_of(sam).post(CHANGE, **answer(first_day="2026-01-01"))

    assert response.status_code == 422
    assert "This moment has passed" in backoffice.errors(response)
    assert not VatSchemeChange.objects.exists()


def test_a_day_to_come_begins_at_its_midnight(europe, sam):
    day = clock.day_of(clock.now()) + datetime.timedelta(days=30)

    desk_of(sam).post(CHANGE, **answer(kind="small_on", first_day=str(day)))

    assert VatSchemeChange.objects.get().valid_from == schemes.start_of_day(day)
    assert not schemes.at(clock.now()).is_small_business


def test_the_year_is_needed_for_the_limit(europe, sam):
    desk = desk_of(sam)

    assert desk.post(CHANGE, **answer(kind="threshold")).status_code == 422
    assert desk.post(CHANGE, **answer(kind="threshold", year=clock.now().year)).status_code == 302
    assert schemes.at(clock.now()).is_destination


def test_rows_are_read_and_nothing_else(europe, sam):
    desk_of(sam).post(CHANGE, **answer())
    row = VatSchemeChange.objects.get()
    desk = desk_of(sam)

    desk.get(f"{LIST}{row.pk}/delete/", status=403)
    assert desk.post(f"{LIST}{row.pk}/change/", note="x").status_code == 403
    desk.get(f"{LIST}add/", status=403)


def test_who_may_not_decide_is_refused(europe):
    person = clerk("orders")

    desk_of(person).get(CHANGE, status=403)
    assert Client().get(CHANGE).status_code == 302


def test_staff_change_a_rate_from_a_day_on(sam):
    loading.load()
    rate = VatRate.objects.get(country="AT", vat_class="standard")
    desk = desk_of(sam)
    address = f"/admin/catalog/vatrate/{rate.pk}/successor/"
    desk.get(address)

    refused = desk.post(address, rate="20", first_day="2030-01-01")
    done = desk.post(address, rate="21", first_day="2030-01-01")

    assert refused.status_code == 422 and done.status_code == 302
    rates = VatRate.objects.filter(country="AT", vat_class="standard").order_by("valid")
    assert [str(one.rate) for one in rates] == ["20.00", "21.00"]


def test_staff_confirm_what_they_looked_up_and_find_what_is_open(sam):
    loading.load()
    desk = desk_of(sam)
    rate = VatRate.objects.get(country="IT", vat_class="reduced")
    assert "Coffee and chocolate 22 %" in desk.text("/admin/catalog/vatrate/?open=yes&state=now")

    desk.post("/admin/catalog/vatrate/", action="confirm", _selected_action=rate.pk)

    rate.refresh_from_db()
    assert rate.confirmed_on == clock.day_of(clock.now())
    assert "Coffee and chocolate 22 %" not in desk.text("/admin/catalog/vatrate/?open=yes")


def test_a_rate_that_has_begun_cannot_be_deleted(sam):
    loading.load()
    rate = VatRate.objects.get(country="IT", vat_class="reduced")

    desk_of(sam).get(f"/admin/catalog/vatrate/{rate.pk}/delete/", status=403)


def test_what_staff_save_is_theirs(sam):
    loading.load()
    rate = VatRate.objects.get(country="IT", vat_class="reduced")

    response = desk_of(sam).save(f"/admin/catalog/vatrate/{rate.pk}/change/", rate="11")

    rate.refresh_from_db()
    assert response.status_code == 302
    assert (rate.rate, rate.is_from_file) == (11, False)
    assert loading.load().kept == ["IT reduced 10 %"]
