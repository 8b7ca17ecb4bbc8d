"""The legal pages as visitors see them."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from shop import legal, views_legal
from tests.legal.test_texts import FACTS

LANGUAGES = ("de", "en")
CLOSED_PLATFORM = "ec.europa.eu/consumers/odr"


@pytest.fixture
def merchant(monkeypatch):
    for name in FACTS:
        monkeypatch.setenv(name, f"[{name.removeprefix('MERCHANT_').lower()}]")


@pytest.fixture
def visitor(client, settings, tmp_path):
    """A browser; the collected files of the look are no matter here."""
    settings.STATIC_ROOT = str(tmp_path)
    return client


def text_of(slug, language, **rows):
    """The block of the text alone: what the frame adds belongs to other tests."""
    context = legal.context() | {"slug": slug, "links": legal.links(), "gaps": []} | rows
    with translation.override(language):
        if slug in legal.PLAIN_TEXTS:
            context["blocks"] = list(legal.blocks(legal.plain_text(slug, language=language)))
        return render_to_string(f"legal/{legal.LEGAL_VERSION}/{language}/{slug}.html", context)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", legal.PAGES)
def test_each_page_exists_in_each_language_without_the_closed_platform(merchant, slug, language):
    html = text_of(slug, language)

    assert html.count("<h1") == 1
    assert len(html) > 1500
    assert CLOSED_PLATFORM not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_imprint_names_what_the_law_asks_for(merchant, language):
    html = text_of("imprint", language)

    for fact in ("name", "street", "city", "email", "phone", "representative", "register_number"):
        assert f"[{fact}]" in html, fact
    assert "[vat_id]" in html
    assert "VSBG" in html


def test_a_row_that_does_not_apply_is_left_out(merchant, monkeypatch):
    monkeypatch.setenv("MERCHANT_SUPERVISORY_AUTHORITY", "")

    html = text_of("imprint", "de")

    assert "Aufsichtsbehörde" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_delivery_costs_are_shown_as_handed_in(merchant, language):
    row = {"name": "Post", "countries": "DE", "price": "4,90 €", "free_from": "", "time": "2 Tage"}

    html = text_of("shipping", language, delivery_rows=[row])

    # On a phone the cells stand below each other, each with its label: the attribute in between.
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", html.partition("<tbody>")[2])
    assert cells == ["Post", "DE", "4,90 €", "–", "2 Tage"]


@pytest.mark.django_db
def test_a_gap_is_said_loudly_on_the_page(merchant, monkeypatch, visitor):
    assert "notice--error" not in visitor.get("/de/legal/imprint/").content.decode()

    monkeypatch.delenv("MERCHANT_VAT_ID")
    html = visitor.get("/de/legal/imprint/").content.decode()

    assert "notice--error" in html
    assert "[[ MERCHANT_VAT_ID ]]" in html


@pytest.mark.django_db
def test_an_unknown_page_is_not_found(visitor):
    assert visitor.get("/de/legal/odr/").status_code == 404


def test_a_page_cannot_be_posted_to():
    assert views_legal.legal_page(RequestFactory().post("/"), "imprint").status_code == 405
