"""Names of countries in the language of the page."""

import functools

from babel import Locale

from shop.kit import languages


def name_of(code: str) -> str:
    """The name of the country with this ISO 3166-1 code, the code itself when it is unknown."""
    return _names(languages.active()).get(code, code)


@functools.cache
def _names(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).territories)


def is_known(code: str) -> bool:
    """Is this the ISO 3166-1 code of a country?"""
    return len(code) == 2 and code.isalpha() and code in _names("en")
