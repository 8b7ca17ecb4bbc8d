"""Legal texts at the desk: begun, refused, previewed, compared, published, noted as read."""

import pytest
from django.urls import reverse

from content.models import LegalReading, LegalVersion
from tests import backoffice
from tests.content.conftest import publish

pytestmark = pytest.mark.django_db
LIST = "/admin/content/legalversion/"


@pytest.fixture
def draft(merchant, desk):
    desk.post(f"{LIST}draft/terms/")
    return LegalVersion.objects.get()


def address(row, act="change"):
    return f"{LIST}{row.pk}/{act}/"


def test_the_overview_shows_every_page_and_what_keeps_the_shop_closed(nobody, desk):
    html = desk.text(LIST)

    assert html.count("2026-11") >= 10
    assert "MERCHANT_NAME" in html
    assert reverse("admin:content_legal_draft", args=["terms"]) in html


def test_a_draft_is_begun_by_a_press_and_not_by_a_link(merchant, desk):
    assert desk.client.get(f"{LIST}draft/terms/").status_code == 302
    assert not LegalVersion.objects.exists()

    response = desk.post(f"{LIST}draft/terms/")

    assert response["Location"] == address(LegalVersion.objects.get())
    assert desk.post(f"{LIST}draft/odr/").status_code == 404


def test_a_wrong_placeholder_is_refused_on_saving_with_its_name(draft, desk):
    response = desk.save(address(draft), body_de=f"{draft.body_de}\n[[merchant.fax]]")

    assert response.status_code == 200
    assert "merchant.fax" in backoffice.errors(response)
    draft.refresh_from_db()
    assert "merchant.fax" not in draft.body_de


def test_a_draft_is_saved_previewed_compared_and_published(draft, desk, sam):
    words = "Wir antworten schnell."
    for code in ("de", "en"):
        body = getattr(draft, f"body_{code}").replace("\n", "\r\n")
        assert (
            desk.save(address(draft), **{f"body_{code}": f"{body}\r\n{words}"}).status_code == 302
        )

    assert words in desk.text(address(draft, "preview"))
    assert f"<ins>{words}</ins>" in desk.text(address(draft, "differences"))

    assert desk.post(address(draft, "publish"), valid_from="").status_code == 302
    draft.refresh_from_db()
    assert not draft.is_draft
    assert draft.published_by == sam
    assert "\r" not in draft.body_de
    assert words in desk.text(f"{LIST}versions/terms/")


def test_what_is_published_can_only_be_looked_at(merchant, desk):
    row = publish(extra="Neu.")

    html = desk.text(address(row))

    assert row.sha256 in html
    assert 'name="body_de"' not in html
    assert desk.client.post(address(row), {"body_de": "x"}).status_code == 403
    assert desk.client.post(address(row, "delete"), {"post": "yes"}).status_code == 403
    desk.post(address(row, "publish"), valid_from="")
    assert LegalVersion.objects.get().label == row.label


def test_publishing_nothing_new_is_refused(draft, desk):
    response = desk.post(address(draft, "publish"), valid_from="")

    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_draft_can_be_thrown_away(draft, desk):
    assert desk.client.post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not LegalVersion.objects.exists()


def test_that_it_was_read_is_noted_with_name_and_day(merchant, desk, sam):
    response = desk.post(f"{LIST}read/terms/", reader="Dr. Recht")

    assert response.status_code == 302
    reading = LegalReading.objects.get()
    assert (reading.page, reading.label, reading.noted_by) == ("terms", "2026-11", sam)
    assert "Dr. Recht" in desk.text(LIST)


def test_who_may_write_may_not_publish(draft):
    clerk = backoffice.Desk(backoffice.clerk("content"))

    assert clerk.client.get(address(draft)).status_code == 200
    assert clerk.client.get(address(draft, "publish")).status_code == 403
    assert clerk.client.post(address(draft, "publish"), {"valid_from": ""}).status_code == 403


def test_who_has_no_right_sees_nothing(draft):
    other = backoffice.Desk(backoffice.clerk("inventory"))

    for path in (LIST, address(draft), address(draft, "preview"), f"{LIST}versions/terms/"):
        assert other.client.get(path).status_code in (403, 404), path
    assert other.client.post(f"{LIST}draft/imprint/").status_code == 404
    assert other.client.post(f"{LIST}read/imprint/", {"reader": "x"}).status_code == 404
    assert not LegalReading.objects.exists()
