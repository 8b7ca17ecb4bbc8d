"""The legal texts: complete in each language, one source for page and mail, no gap unnoticed."""

import dataclasses
import re

import pytest
from django.core import checks
from django.utils import translation

from shop import legal

FACTS = {
    f"MERCHANT_{field.name.upper()}": f"<{field.name}>"
    for field in dataclasses.fields(legal.Merchant)
}


@pytest.fixture
def merchant(monkeypatch):
    for name, value in FACTS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def nobody(monkeypatch):
    for name in FACTS:
        monkeypatch.delenv(name, raising=False)


def test_a_fact_that_nobody_set_stands_out_by_its_name():
    found = legal.merchant({"MERCHANT_NAME": "Kontor", "MERCHANT_WEEE_NUMBER": ""})

    assert found.name == "Kontor"
    assert found.weee_number == ""
    assert found.vat_id == "[[ MERCHANT_VAT_ID ]]"


def test_gaps_are_the_variables_that_are_not_set_at_all():
    known = dict.fromkeys(FACTS, "") | {"MERCHANT_NAME": "Kontor"}

    assert legal.gaps(known) == []
    del known["MERCHANT_PHONE"]
    assert legal.gaps(known) == ["MERCHANT_PHONE"]


def test_the_deployment_check_names_each_gap(nobody, monkeypatch):
    monkeypatch.setenv("MERCHANT_NAME", "Kontor")

    found = [one for one in checks.run_checks(tags=["legal"], include_deployment_checks=True)]

    assert len(found) == len(FACTS) - 1
    assert {one.id for one in found} == {"legal.E001"}
    assert found[0].msg == "MERCHANT_LEGAL_FORM is not set: the legal pages have a gap."
    assert not checks.run_checks(tags=["legal"])


def test_a_complete_merchant_passes_the_deployment_check(merchant):
    assert checks.run_checks(tags=["legal"], include_deployment_checks=True) == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("slug", legal.PLAIN_TEXTS)
def test_plain_texts_name_the_merchant_and_escape_nothing(merchant, slug, language):
    text = legal.plain_text(slug, language=language)

    assert "<name>" in text
    assert "<email>" in text
    assert "&lt;" not in text
    assert "{%" not in text
    assert "{{" not in text
    assert text.endswith("\n")


def test_only_terms_and_withdrawal_go_with_the_mail():
    with pytest.raises(KeyError):
        legal.plain_text("privacy", language="de")


def test_the_instruction_speaks_of_the_online_function_only_where_there_is_one(merchant, settings):
    settings.SITE_URL = "https://kontor.example"
    text = legal.plain_text("withdrawal", language="de")
    with_function = legal.context()["withdraw_url"]

    assert ("auch online unter" in text) == bool(with_function)
    assert "Sie haben das Recht, binnen vierzehn Tagen" in text
    assert "Muster-Widerrufsformular" in text
    assert "An <name>, <street>, <postcode> <city>, <country>" in text


def test_the_online_function_is_named_with_its_full_address(merchant, settings):
    settings.SITE_URL = "https://kontor.example"
    settings.ROOT_URLCONF = "tests.legal.urls_with_withdrawal"
    for language, words in (("de", "auch online unter"), ("en", "online at")):
        text = legal.plain_text("withdrawal", language=language)
        assert f"{words} https://kontor.example/withdraw/" in text


def test_blocks_keep_every_word_of_the_text(merchant):
    for language in ("de", "en"):
        for slug in legal.PLAIN_TEXTS:
            text = legal.plain_text(slug, language=language)
            shown = " ".join(_words(block) for block in legal.blocks(text))
            body = text.split("\n", 2)[2]
            expected = re.sub(r"(?m)^(-+$|- )", "", body)
            assert shown.split() == expected.split(), (language, slug)


def _words(block) -> str:
    return " ".join([block.get("text", ""), *block.get("items", []), *block.get("lines", [])])


def test_blocks_tell_headings_lists_and_paragraphs_apart():
    text = "Title\n=====\n\nHead\n----\n\nOne\nTwo\n\n- a\n- b\n  more\n"

    assert list(legal.blocks(text)) == [
        {"kind": "heading", "text": "Head"},
        {"kind": "text", "lines": ["One", "Two"]},
        {"kind": "list", "items": ["a", "b more"]},
    ]


def test_links_lead_to_every_page_in_the_language():
    with translation.override("en"):
        links = legal.links()

    assert [link["slug"] for link in links] == list(legal.PAGES)
    assert links[0] == {"slug": "imprint", "name": "Imprint", "url": "/en/legal/imprint/"}
