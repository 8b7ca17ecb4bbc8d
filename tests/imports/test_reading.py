"""Files of unknown making: encodings, separators, quotes and line ends."""

import io

import pytest
from django.utils import translation

from catalog.imports import cells, prose, reading
from catalog.imports.formats import recognised

TEXT = 'Handle,Title,Body (HTML)\nmug,Größe „M“,"eins\nzwei, drei"\n'


def lines(data):
    file = io.BytesIO(data)
    shape = reading.shape_of(file)
    return shape, list(reading.lines_of(file, shape))


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_recognised(encoding, found):
    shape, read = lines(TEXT.encode(encoding))

    assert shape.encoding == found
    assert shape.header == ["Handle", "Title", "Body (HTML)"]
    assert [line.cells for line in read] == [["mug", "Größe „M“", "eins\nzwei, drei"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_recognised(separator, end):
    text = end.join([separator.join(["a", '"b,c;d"', "e"]), separator.join("xyz"), ""])

    shape, read = lines(text.encode())

    assert (shape.separator, shape.header) == (separator, ["a", "b,c;d", "e"])
    assert [(line.number, line.cells) for line in read] == [(2, ["x", "y", "z"])]


def test_excels_first_line_names_the_separator():
    shape, read = lines(b"sep=;\r\na;b,c\r\n1;2\r\n")

    assert (shape.separator, shape.header) == (";", ["a", "b,c"])
    assert [(line.number, line.cells) for line in read] == [(3, ["1", "2"])]


def test_a_damaged_line_is_told_and_the_others_are_read():
    _shape, read = lines(b'a,b\n1,2\n"x"y,2\n3\n4,5,6\n7,8,,\n9,\xff\n10,11\n')

    assert [(line.number, line.cells, bool(line.problem)) for line in read] == [
        (2, ["1", "2"], False),
        (3, [], True),
        (4, [], True),
        (5, [], True),
        (6, [], True),
        (7, ["9", "ÿ"], False),
        (8, ["10", "11"], False),
    ]


def test_one_broken_byte_does_not_turn_a_file_into_another_encoding():
    shape, read = lines("a,b\nGröße,Maß\n".encode() + b"x,\xff\n")

    assert shape.encoding == "utf-8"
    assert [(line.cells, line.column) for line in read] == [(["Größe", "Maß"], ""), ([], "b")]


def test_a_quote_that_is_never_closed_refuses_the_file_with_its_line():
    with pytest.raises(reading.Unreadable) as problem:
        lines(b'a,b\n1,2\n3,"4\n5,6\n')

    assert problem.value.line == 3


def test_an_empty_file_is_refused():
    with pytest.raises(reading.Unreadable):
        lines(b"\n\n")


def test_names_of_columns_are_made_unique():
    with translation.override("en"):
        shape, _read = lines(b"a,a,,b\n1,2,3,4\n")

    assert shape.header == ["a", "a (2)", "column 3", "b"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("19.90", "19.90"), ("1.234,50 €", "1234.50"), ("1,234.50", "1234.50"), ("EUR 5", "5.00"),
     ("0,5", "0.50"), ("12.000.000", "12000000.00"), ("7", "7.00")],
)  # fmt: skip
def test_prices_of_many_countries(text, amount):
    assert str(cells.price(text)) == amount


@pytest.mark.parametrize(
    "text", ["1.234", "1,999", "-5", "5.005", "abc", "1e5", "٣", "NaN", "9" * 15]
)
def test_what_is_no_price_is_refused(text):
    with pytest.raises(cells.Wrong):
        cells.price(text)


@pytest.mark.parametrize(
    "text", ["=1+1", "+49", "-x", "@a", "\ta", "\ra", "'=1", "''=1", "a", "'a", ""]
)
def test_the_guard_against_formulas_loses_nothing(text):
    assert cells.unguarded(cells.guarded(text)) == text
    assert not cells.guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_html_becomes_words_and_nothing_else():
    source = "<h2>Titel</h2><p>Ein <b>Wort</b><br>neu</p><style>p{}</style><img src=x onerror=a()>"
    source += (
        "<ul><li>eins</li><li>zwei</li></ul><a href='javascript:x'>Link</a> &lt;b&gt; <script>x"
    )

    assert prose.text_of(source) == "Titel\n\nEin Wort\nneu\n\n– eins\n– zwei\n\nLink <b>"


@pytest.mark.parametrize(
    "text", ["", "Eins", "Eins\nzwei\n\ndrei", "a < b & c > d", "– eins\n– zwei", "&amp; &lt;p&gt;"]
)
def test_text_survives_as_html(text):
    assert prose.text_of(prose.html_of(text)) == text


def test_formats_are_recognised_by_their_columns():
    assert recognised(["Handle", "Title", "Variant Price"])[0] == "shopify"
    assert recognised(["Title", "URL handle", "Price"])[0] == "shopify"
    assert recognised(["ID", "Typ", "Artikelnummer", "Regulärer Preis"])[0] == "woocommerce"
    assert recognised(["product", "sku", "price", "stock_luebeck"]) == (
        "kontor",
        ["product", "sku", "price", "stock_luebeck"],
    )
    with pytest.raises(reading.Unreadable):
        recognised(["colour", "weight"])
