"""The legal pages as visitors see them, with the versions that were and the PDF of each."""

import datetime

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from content import pdfs, texts, versions
from shop import legal, views_legal
from shop.kit import clock
from tests.content.conftest import publish
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("slug", legal.PAGES)
def test_each_page_exists_in_each_language(merchant, ben, slug, language):
    html = ben.get(f"/{language}/legal/{slug}/").content.decode()

    assert html.count("<h1") == 1
    assert "Version 2026-11" in html or "Fassung 2026-11" in html
    assert "notice--error" not in html
    assert f"/{language}/legal/{slug}/versions/" in html


def test_a_gap_is_said_loudly_on_the_page(merchant, monkeypatch, ben):
    assert "notice--error" not in ben.get("/de/legal/imprint/").content.decode()

    monkeypatch.delenv("MERCHANT_VAT_ID")
    html = ben.get("/de/legal/imprint/").content.decode()

    assert "notice--error" in html
    assert "[[ MERCHANT_VAT_ID ]]" in html


def test_an_unknown_page_or_version_is_not_found(ben):
    for path in ("odr/", "odr/versions/", "terms/1999-01/", "terms/1999-01/pdf/", "odr/2026-11/"):
        assert ben.get(f"/de/legal/{path}").status_code == 404, path


def test_a_page_cannot_be_posted_to():
    request = RequestFactory().post("/")

    assert views_legal.legal_page(request, "imprint", {}).status_code == 405


def test_a_former_version_says_so_and_leads_to_the_one_that_applies(merchant, ben):
    publish(extra="Neu.", moment=clock.now())

    response = ben.get("/de/legal/terms/2026-11/")

    assert "frühere Fassung" in Page(response).text
    assert "/de/legal/terms/" in Page(response).links
    assert "noindex" in response["X-Robots-Tag"]
    assert "Neu." in Page(ben.get("/de/legal/terms/")).text
    assert "Neu." not in Page(response).text


def test_what_is_to_come_is_nobodys_business_yet(merchant, ben):
    moment = clock.now()
    row = publish(extra="Bald.", moment=moment, begins=moment + datetime.timedelta(days=3))

    assert ben.get(f"/de/legal/terms/{row.label}/").status_code == 404
    assert ben.get(f"/de/legal/terms/{row.label}/pdf/").status_code == 404
    assert row.label not in ben.get("/de/legal/terms/versions/").content.decode()


def test_shoppers_never_see_whether_a_lawyer_read_it(merchant, ben):
    html = (
        ben.get("/de/legal/terms/").content.decode()
        + ben.get("/de/legal/terms/versions/").content.decode()
    )

    assert "Anwalt" not in html and "anwalt" not in html


def test_the_pdf_says_the_words_and_is_always_the_same(merchant, ben):
    first = ben.get("/de/legal/withdrawal/2026-11/pdf/")
    text = texts.filled(versions.sample("withdrawal"), language="de")
    made = [pdfs.pdf(versions.sample("withdrawal"), text, language="de") for _ in "ab"]

    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert made[0] == made[1]
    assert text.encode() in _attached(made[0])


def _attached(pdf: bytes) -> list[bytes]:
    import io

    from pypdf import PdfReader

    found = PdfReader(io.BytesIO(pdf)).attachments
    return [part for parts in found.values() for part in parts]


@pytest.mark.parametrize("slug", legal.PAGES)
def test_every_page_can_be_printed_in_every_language(merchant, ben, slug):
    for language in ("de", "en"):
        response = ben.get(f"/{language}/legal/{slug}/2026-11/pdf/")
        assert response.status_code == 200
        assert len(response.content) > 5000


def test_a_legal_page_asks_for_its_words_once(merchant, ben):
    publish(extra="Neu.", moment=clock.now())

    for slug in ("terms", "imprint"):
        ben.get(f"/de/legal/{slug}/")
        with CaptureQueriesContext(connection) as seen:
            ben.get(f"/de/legal/{slug}/")
        texts = [one["sql"] for one in seen if "content_legalversion" in one["sql"]]
        assert len(texts) == 1
        assert len(seen) <= 2, [one["sql"][:90] for one in seen]
