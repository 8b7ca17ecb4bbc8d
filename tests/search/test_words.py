"""Words: how they are folded, split, read and told from each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search import distance, parsing
from catalog.search_index import compounds, folding, texts


@pytest.mark.parametrize(
    "same",
    [
        ("Straße", "STRASSE", "strasse", "Strasse"),
        ("Tücher", "tuecher", "TUECHER", "tucher"),
        ("Möwe", "Moewe", "MÖWE", "mowe"),
        ("Café", "cafe", "CAFÉ", "cafe"),
    ],
)
def test_german_spellings_of_a_word_are_one(same):
    assert len({folding.fold(word, "de") for word in same}) == 1


def test_two_vowels_that_are_no_umlaut_stay():
    assert [folding.fold(word, "de") for word in ("neue", "Bauer", "Quelle", "blaue")] == [
        "neue",
        "bauer",
        "quelle",
        "blaue",
    ]
    assert folding.fold("blue", "en") == "blue"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("T-Shirt", ["t", "shirt", "tshirt"]),
        ("28cm", ["28cm", "28", "cm"]),
        ("4,5 l", ["4.5", "l"]),
        ("fisherman’s", ["fishermans"]),
        ("a & | ! :* ' \\ b", ["a", "b"]),
        ("\x00", []),
    ],
)
def test_terms_hold_the_other_ways_to_write_them(text, terms):
    assert folding.terms(text, "en") == terms


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("UHR-203", "uhr203"),
        (" uhr 203 ", "uhr203"),
        ("Uhr.203/A", "uhr203a"),
        ("0036000291452", "36000291452"),
        ("36000 29145 2", "36000291452"),
    ],
)
def test_numbers_lose_their_dress(text, number):
    assert folding.number(text) == number


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("tischleuchte", ["tisch", "leuchte"]),
        ("bilderrahmen", ["bild", "rahmen"]),
        ("geschirrtucher", ["geschirr", "tuch"]),
        ("wolldecke", ["wolle", "decke"]),
        ("esstischlampe", ["ess", "tisch", "lampe"]),
        ("stehlampe", ["lampe"]),
        ("becher", []),
        ("tisch", []),
        ("ab12cd34", []),
        ("", []),
    ],
)
def test_compounds_are_split_into_known_words(word, parts):
    known = {
        *("tisch", "leuchte", "bild", "rahmen", "geschirr", "tuch", "wolle", "decke", "lampe"),
        *("ess", "becher"),
    }

    assert compounds.split(word, known) == parts
    assert set(parts) <= compounds.pieces(word) | known


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("oak table lamp with linen shade", "lamp"),
        ("Running shoes, blue, size 7", "shoes"),
        ("phone case for phone 12", "case"),
        ("sofa – grey", "sofa"),
        ("12 34", ""),
        ("", ""),
    ],
)
def test_the_head_of_an_english_name_says_what_it_is(name, head):
    assert texts.head_of(name) == head


@pytest.mark.parametrize(
    ("typed", "known", "most"),
    [("lmap", "lamp", 0.8), ("lampp", "lamp", 0.7), ("lsmp", "lamp", 0.9), ("kamp", "lamp", 1.3)],
)
def test_what_fingers_do_easily_is_near(typed, known, most):
    assert 0 < distance.cost(typed, known, most=2.1) <= most


@given(st.text("abcde", min_size=1, max_size=8), st.text("abcde", min_size=1, max_size=8))
def test_only_a_word_itself_costs_nothing(typed, known):
    cost = distance.cost(typed, known, most=2.1)

    assert (cost == 0) == (typed == known)
    assert cost <= 2.1 or cost == distance.TOO_FAR


@given(st.text("abcde", min_size=3, max_size=11), st.data())
def test_words_one_edit_apart_share_a_key(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcxyz"))
    edited = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            ]
        )
    )

    assert set(folding.delete_keys(word, 1)) & set(folding.delete_keys(edited, 1))


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "words"),
    [
        ("Becher unter 20 Euro", "de", None, "20", ["becher"]),
        ("unter 20 euro", "de", None, "20", []),
        ("Lampe ab 99,90 €", "de", "99.90", None, ["lampe"]),
        ("Tasse zwischen 10 und 20 Euro", "de", "10", "20", ["tasse"]),
        ("Tasse 10-20 €", "de", "10", "20", ["tasse"]),
        ("mug under €25", "en", None, "25", ["mug"]),
        ("mug up to 25 euros", "en", None, "25", ["mug"]),
        ("lamp from 100 to 200 euros", "en", "100", "200", ["lamp"]),
        ("Kissen 50 x 50", "de", None, None, ["kissen", "50", "x", "50"]),
        ("Notizbuch ab A5", "de", None, None, ["notizbuch", "ab", "a5"]),
        ("the", "en", None, None, ["the"]),
        ("a lamp for the table", "en", None, None, ["lamp", "table"]),
    ],
)
def test_prices_in_words_are_read(text, language, low, high, words):
    wanted = parsing.read(text, language)

    assert (wanted.low, wanted.high) == (low and Decimal(low), high and Decimal(high))
    assert [word.shown for word in wanted.words] == words


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for language in ("de", "en"):
        wanted = parsing.read(text, language)
        assert len(wanted.text) <= parsing.LONGEST
        assert len(wanted.words) <= parsing.MOST_WORDS
        folding.terms(text, language)
        folding.number(text)
