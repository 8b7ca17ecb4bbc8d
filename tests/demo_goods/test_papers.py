"""The files that the demo sells: real PDFs, small, the same each time, one for every pattern."""

import re

import pytest
from django.core.files.base import ContentFile

from catalog.documents import digital_files
from demo import goods, papers, pdf

PATTERNS = [one for one in goods.catalogue().products if one.is_digital and not one.is_gift_card]


def test_every_download_of_the_catalogue_has_a_guide():
    assert {one.slug for one in PATTERNS} == set(papers.GUIDES)


@pytest.mark.parametrize("product", PATTERNS, ids=lambda product: product.slug)
def test_a_pattern_is_a_small_pdf_in_two_languages_and_the_same_each_time(product):
    content = papers.write(product)

    assert digital_files.check(ContentFile(content)).content_type == "application/pdf"
    assert len(content) < 1_000_000
    assert content.count(b"/Type /Page ") == 4
    for words in (product.name_de, product.name_en, "So wird es gemacht", "How it is made"):
        assert pdf._text(words) in content
    assert papers.write(product) == content


@pytest.mark.parametrize("product", PATTERNS, ids=lambda product: product.slug)
def test_every_object_lies_where_the_table_says(product):
    content = papers.write(product)
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", content)
    table = content[int(start) :]
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n \n", table)]

    assert table.startswith(b"xref\n0 %d\n" % (len(places) + 1))
    for number, place in enumerate(places, start=1):
        assert content[place:].startswith(b"%d 0 obj\n" % number)


def test_what_helvetica_cannot_write_is_refused():
    with pytest.raises(UnicodeEncodeError):
        pdf._text("漢字")
    assert pdf._text("(ß)") == b"(\\(\xdf\\))"
