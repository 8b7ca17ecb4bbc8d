"""The legal texts: complete in each language, one source for page and mail, no gap unnoticed."""

import hashlib
import re

import pytest
from django.utils import translation

from content import merchant as facts
from content import placeholders, publishing, text_format, texts, versions
from content.models import LegalPage
from shop import legal
from tests.content.conftest import FACTS

# SHA-256 of the texts as orders of 2026-11 got them, with the facts of `FACTS`.
ACCEPTED = {
    ("de", "terms", False): "0b6a761aab22af6d",
    ("de", "terms", True): "494836190eeedc30",
    ("de", "withdrawal", False): "138fbb3f9552cead",
    ("en", "terms", False): "bbfed8c04d441228",
    ("en", "terms", True): "01b7641809c2f41a",
    ("en", "withdrawal", False): "55ead5a0eb640fad",
}


def plain(slug, language="de", **facts):
    return legal.plain_text(slug, language=language, version=versions.SAMPLE, **facts)


@pytest.mark.parametrize(("language", "slug", "is_exempt"), ACCEPTED)
def test_orders_of_2026_11_keep_their_text_to_the_letter(
    monkeypatch, settings, language, slug, is_exempt
):
    for name, value in FACTS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MERCHANT_RETURNS_ADDRESS", "<r>")
    settings.SITE_URL = "https://kontor.example"
    settings.ROOT_URLCONF = "tests.content.urls_with_withdrawal"

    text = plain(slug, language, is_exempt=is_exempt)

    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest.startswith(ACCEPTED[language, slug, is_exempt])


def test_a_fact_that_nobody_set_stands_out_by_its_name():
    found = facts.merchant({"MERCHANT_NAME": "Kontor", "MERCHANT_WEEE_NUMBER": ""})

    assert found.name == "Kontor"
    assert found.weee_number == ""
    assert found.vat_id == "[[ MERCHANT_VAT_ID ]]"


def test_gaps_are_the_variables_that_are_not_set_at_all():
    known = dict.fromkeys(FACTS, "") | {"MERCHANT_NAME": "Kontor"}

    assert facts.gaps(known) == []
    assert "MERCHANT_NAME" not in facts.empty(known)
    assert "MERCHANT_EMAIL" in facts.empty(known)
    del known["MERCHANT_PHONE"]
    assert facts.gaps(known) == ["MERCHANT_PHONE"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("page", LegalPage.values)
def test_every_text_of_the_house_is_whole_and_could_be_published(merchant, page, language):
    version = versions.sample(page)
    text = texts.filled(version, language=language)

    assert publishing.problems(page, version.bodies) == []
    assert len(text) > 500
    assert "[[" not in text
    assert "{" not in text.replace("{#", "")
    assert "ec.europa.eu/consumers/odr" not in text


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_imprint_names_what_the_law_asks_for(merchant, language):
    text = texts.filled(versions.sample("imprint"), language=language)

    for fact in ("name", "street", "city", "email", "phone", "representative", "register_number"):
        assert f"<{fact}>" in text, fact
    assert "<vat_id>" in text
    assert "VSBG" in text


def test_a_row_that_does_not_apply_is_left_out(merchant, monkeypatch):
    monkeypatch.setenv("MERCHANT_SUPERVISORY_AUTHORITY", "")

    assert "Aufsichtsbehörde" not in texts.filled(versions.sample("imprint"), language="de")


def test_the_instruction_speaks_of_the_online_function_only_where_there_is_one(merchant, settings):
    text = plain("withdrawal")

    assert ("auch online unter" in text) == bool(texts.withdrawal_url())
    assert "Sie haben das Recht, binnen vierzehn Tagen" in text
    assert "Muster-Widerrufsformular" in text
    assert "An <name>, <street>, <postcode> <city>, <country>" in text


def test_the_online_function_is_named_with_its_full_address(merchant, settings):
    settings.SITE_URL = "https://kontor.example"
    settings.ROOT_URLCONF = "tests.content.urls_with_withdrawal"
    for language, words in (("de", "auch online unter"), ("en", "online at")):
        assert f"{words} https://kontor.example/withdraw/" in plain("withdrawal", language)


def test_blocks_keep_every_word_of_the_text(merchant):
    for language in ("de", "en"):
        for slug in legal.CONTRACT:
            text = plain(slug, language)
            shown = " ".join(_words(block) for block in text_format.blocks(text))
            expected = re.sub(r"(?m)^(-+$|- )", "", text.split("\n", 2)[2])
            assert shown.split() == expected.split(), (language, slug)


def _words(block) -> str:
    lines = [*block.get("items", []), *block.get("lines", [])]
    return " ".join([block.get("text", ""), *("".join(one.text for one in line) for line in lines)])


def test_what_the_shop_offers_stands_in_its_place():
    offers = {
        "delivery": [
            {"name": "Post", "countries": "DE", "price": "4,90 €", "free_from": "", "time": "2 T."}
        ],
        "refused": [{"name": "Schweiz", "reason": "Zoll fällt an."}],
    }

    text = texts.filled(versions.sample("shipping"), language="de", offers=offers)

    assert "| Post | DE | 4,90 € | – | 2 T. |" in text
    assert "Wohin wir nicht liefern" in text
    assert "Schweiz :: Zoll fällt an." in text
    without = texts.filled(versions.sample("shipping"), language="de")
    assert "Wohin wir nicht liefern" not in without


def test_links_lead_to_every_page_in_the_language():
    with translation.override("en"):
        links = legal.links()

    assert [link["slug"] for link in links] == list(legal.PAGES)
    assert links[0] == {"slug": "imprint", "name": "Imprint", "url": "/en/legal/imprint/"}


def test_placeholders_choose_and_fill():
    body = "A [[merchant.name]] B [[if tax.small_business]]yes[[else]]no[[end]]."
    values = {"merchant.name": "Kontor", "tax.small_business": ""}

    assert placeholders.fill(body, values) == "A Kontor B no."
    assert placeholders.fill(body, values | {"tax.small_business": "yes"}) == "A Kontor B yes."


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[[merchant.nmae]]", "merchant.nmae"),
        ("[[if merchant.fax]]x[[end]]", "merchant.fax"),
        ("[[tax.small_business]]", "[[if tax.small_business]]"),
        ("[[if merchant.name]]x", "[[end]]"),
        ("[[if merchant.name]]a[[if merchant.email]]b[[end]][[end]]", "[[end]]"),
        ("[[merchant.name", "[["),
        ("<b>x</b>", "<b>x</b>"),
    ],
)
def test_a_wrong_placeholder_is_refused_with_its_name(body, told):
    with translation.override("en"):
        problems = placeholders.problems(body, "guarantee")

    assert any(told in one for one in problems), problems


def test_what_the_law_wants_named_must_not_be_left_out():
    with translation.override("en"):
        problems = placeholders.problems("Nothing at all.", "withdrawal")

    assert [one for one in problems if "withdrawal.url" in one]
    assert len(problems) == 4
