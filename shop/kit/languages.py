"""Content in several languages: one column a language, `name_de` beside `name_en`."""

import re
from typing import Any

from django.conf import settings
from django.urls import translate_url
from django.utils import translation


def codes() -> list[str]:
    """The languages of the shop, the default first."""
    return [code for code, _name in settings.LANGUAGES]


def active() -> str:
    """The language of this request, always one that the shop has."""
    language = (translation.get_language() or settings.LANGUAGE_CODE)[:2]
    return language if language in codes() else settings.LANGUAGE_CODE


# Dates as our customers write them: "en" alone is American, "Nov 24, 2026".
_REGIONS = {"de": "de_DE", "en": "en_GB"}


def region(language: str | None = None) -> str:
    """The locale in which dates of a language (the active one when not given) are written."""
    language = language or active()
    return _REGIONS.get(language, language)


def column(name: str, language: str | None = None) -> str:
    """The column that holds `name` in `language` (the active one when not given)."""
    return f"{name}_{language or active()}"


def localized(instance: Any, name: str, language: str | None = None) -> str:
    """The text of `instance.<name>_<language>`; the default language where it is empty."""
    text = getattr(instance, column(name, language))
    return str(text or getattr(instance, column(name, settings.LANGUAGE_CODE)))


def alternates(path: str) -> list[tuple[str, str]]:
    """The same page in each language: (code, path) pairs."""
    return [(code, translate_url(path, code)) for code in codes()]


_PREFIX = re.compile(r"^/(?P<code>[a-z]{2})/")


def of_path(path: str) -> str:
    """The language that a path begins with, else the default one."""
    match = _PREFIX.match(path)
    code = match["code"] if match else ""
    return code if code in codes() else settings.LANGUAGE_CODE
