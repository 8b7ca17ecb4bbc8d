"""Messages are compiled without gettext's programs, and broken ones are found before a visitor."""

import gettext

import pytest

from shop.management import catalogues

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.fixture
def catalogue(tmp_path):
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)

    def write(text):
        (folder / "django.po").write_text(HEAD + text)
        return folder / "django.mo"

    return write


def test_a_compiled_message_is_found_by_gettext(tmp_path, catalogue):
    mo = catalogue('msgid "Cart"\nmsgstr "Warenkorb für Sie"\n')

    assert catalogues.compile_below(tmp_path) == [mo]

    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Cart") == "Warenkorb für Sie"


def test_what_did_not_change_is_not_written_again(tmp_path, catalogue):
    catalogue('msgid "Cart"\nmsgstr "Warenkorb"\n')
    catalogues.compile_below(tmp_path)

    assert catalogues.compile_below(tmp_path) == []


def test_a_fuzzy_message_stays_english(tmp_path, catalogue):
    mo = catalogue('#, fuzzy\nmsgid "Cart"\nmsgstr "Karren"\n')
    catalogues.compile_below(tmp_path)

    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Cart") == "Cart"


@pytest.mark.parametrize(
    "text",
    [
        '#, python-format\nmsgid "%(count)s pieces"\nmsgstr "%(anzahl)s Stück"\n',
        'msgid "Cart"\nmessage "Warenkorb"\n',
    ],
)
def test_a_message_that_would_break_a_page_is_refused_with_file_and_line(tmp_path, catalogue, text):
    mo = catalogue(text)

    with pytest.raises(catalogues.BrokenCatalogue, match=r"django\.po"):
        catalogues.compile_below(tmp_path)

    assert not mo.exists()
