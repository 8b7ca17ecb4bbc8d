"""The format of legal texts: what is told apart, and that nothing of it can be HTML."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from content import text_format
from content.text_format import Span


def test_headings_lists_tables_facts_and_paragraphs_are_told_apart():
    text = (
        "Title\n=====\n\nHead {#anchor}\n----\n\nSmall\n~~~~~\n\nOne\nTwo\n\n- a\n- b\n  more\n\n"
        "| A | B |\n| 1 | 2 |\n\nPost :: at home\n"
    )

    assert list(text_format.blocks(text)) == [
        {"kind": "heading", "level": 2, "text": "Head", "anchor": "anchor"},
        {"kind": "heading", "level": 3, "text": "Small", "anchor": ""},
        {"kind": "text", "lines": [[Span("One")], [Span("Two")]]},
        {"kind": "list", "items": [[Span("a")], [Span("b more")]]},
        {
            "kind": "table",
            "head": [[Span("A")], [Span("B")]],
            "rows": [[{"label": "A", "spans": [Span("1")]}, {"label": "B", "spans": [Span("2")]}]],
        },
        {"kind": "facts", "rows": [{"name": [Span("Post")], "words": [Span("at home")]}]},
    ]


def test_addresses_and_strong_words_are_marked():
    found = text_format.spans("See https://a.example/x, **now**, or [us](/de/) or a@b.example.")

    assert found == [
        Span("See "),
        Span("https://a.example/x", url="https://a.example/x"),
        Span(", "),
        Span("now", is_strong=True),
        Span(", or "),
        Span("us", url="/de/"),
        Span(" or "),
        Span("a@b.example", url="mailto:a@b.example"),
        Span("."),
    ]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "//evil.example", "data:text/html,x"])
def test_a_target_of_no_known_kind_is_refused_and_never_becomes_a_link(target):
    line = f"[here]({target})"

    assert text_format.faults(line) == [target]
    assert not any(span.url for span in text_format.spans(line) if span.text == "here")


def test_markup_of_html_is_refused_and_shown_as_it_is():
    text = "<script>alert(1)</script> and <b>x</b>, 3 < 4"

    assert len(text_format.faults(text)) == 4
    html = render_to_string("legal/blocks.html", {"blocks": text_format.blocks(text)})
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@given(st.text(max_size=300))
def test_no_text_breaks_a_page_or_becomes_markup(text):
    blocks = list(text_format.blocks(text))

    html = render_to_string("legal/blocks.html", {"blocks": blocks, "label": "x"})
    assert "<script" not in html.lower()
    assert 'href="javascript' not in html.lower()


def test_cells_of_what_the_shop_offers_cannot_break_the_table():
    table = text_format.table([["A", "B"], ["x | y\nz", ""]])

    (block,) = text_format.blocks(table)
    assert block["rows"] == [
        [{"label": "A", "spans": [Span("x / y z")]}, {"label": "B", "spans": [Span("–")]}]
    ]
