"""The formats that are read and written. All speak `records`; none knows the database."""

from typing import Any, Protocol

from django.utils.translation import gettext as _

from catalog.imports import columns
from catalog.imports.formats import kontor, shopify, woocommerce
from catalog.imports.reading import Unreadable
from catalog.imports.records import ProductRecord


class Format(Protocol):
    """What a module of this folder offers."""

    NAMES: columns.Names
    KEY: str

    @staticmethod
    def guess(header: list[str]) -> list[str]: ...

    @staticmethod
    def keys(table: columns.Table, cells: list[str]) -> list[str]: ...

    @staticmethod
    def record(rows: list[columns.Row], language: str) -> ProductRecord: ...

    @staticmethod
    def header(locations: list[str]) -> list[str]: ...

    @staticmethod
    def lines(
        record: ProductRecord, *, language: str, locations: list[str]
    ) -> list[dict[str, str]]: ...


_MODULES: dict[str, Any] = {"kontor": kontor, "shopify": shopify, "woocommerce": woocommerce}
_FORMATS: dict[str, Format] = _MODULES


def named(name: str) -> Format:
    """The module of a format."""
    return _FORMATS[name]


def recognised(header: list[str]) -> tuple[str, list[str]]:
    """The format whose names fit most columns, and its mapping.

    Raises `Unreadable` when none has its key column there.
    """
    guesses = {name: module.guess(header) for name, module in _FORMATS.items()}
    fitting = {n: g for n, g in guesses.items() if _FORMATS[n].KEY in g}
    if not fitting:
        raise Unreadable(
            _("No column says which product a line belongs to. Choose the format by hand."), 1
        )
    best = max(fitting, key=lambda name: sum(map(bool, fitting[name])))
    return best, fitting[best]
