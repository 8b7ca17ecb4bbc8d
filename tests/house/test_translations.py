"""Everything that people read exists in German, too."""

import io
import re

import pytest
from babel.messages import pofile
from django.utils.translation.template import templatize

from tests.house import code, test_words

GERMAN = "locale/de/LC_MESSAGES/django.po"
_LITERAL = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_CALL = re.compile(
    rf"\b(?:n?gettext\(|n?pgettext\(\s*u?(?P<context>{_LITERAL})\s*,)\s*u?(?P<text>{_LITERAL})"
)


def _read(text: str):
    return pofile.read_po(io.StringIO(text), locale="de")


def _catalogue():
    if not (code.ROOT / GERMAN).is_file():
        pytest.skip(f"{GERMAN} is not merged yet")
    return _read(code.source(GERMAN))


def _unfinished(catalogue) -> list[str]:
    def is_open(message):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        return message.fuzzy or not all(texts)

    return [str(message.id) for message in catalogue if message.id and is_open(message)]


def test_no_german_text_is_empty_or_fuzzy():
    unfinished = _unfinished(_catalogue())

    assert not unfinished, f"Translate these: {unfinished}"


def test_an_open_text_would_be_noticed():
    text = 'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "c"\n'

    assert _unfinished(_read(text)) == ["a", "b"]


def _msgids(name: str) -> set[tuple[str, str]]:
    """Contexts and texts that makemessages would take from a template: Django's reading of it."""
    python = templatize(code.template(name), origin=name)
    return {
        (eval(found["context"] or "''"), eval(found["text"]))  # noqa: S307 - literals
        for found in _CALL.finditer(python)
    }


def test_every_text_of_our_templates_is_in_the_catalogue():
    catalogue = _catalogue()
    known = {
        (message.context or "", text)
        for message in catalogue
        for text in (message.id if isinstance(message.id, tuple) else (message.id,))
    }
    wanted = {(name, *one) for name in code.template_files() for one in _msgids(name)}
    missing = sorted(
        {f"{name}: {text!r}" for name, *one, text in wanted if (*one, text) not in known}
    )
    assert not missing, "\n".join(missing)


def test_every_text_of_our_code_is_in_the_catalogue():
    known = {
        text
        for message in _catalogue()
        for text in (message.id if isinstance(message.id, tuple) else (message.id,))
    }
    asked = {
        (name, text)
        for name in code.python_files()
        for text in test_words.texts_in_code(code.tree(name))
    }

    missing = sorted({f"{name}: {text!r}" for name, text in asked if text not in known})
    assert not missing, "\n".join(missing)
