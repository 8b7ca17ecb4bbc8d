"""Bookings of a period for DATEV: one for each rate of each document (EXTF, booking batch).

Debtors are one collective account. Which account a rate goes to is `settings.DATEV`; the defaults
are those of SKR03. docs/algorithms/documents.md has a worked table.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.models import TaxScheme
from orders.documents.exports import tables
from orders.documents.exports.periods import NoPeriod, Period
from orders.models import Document
from shop.kit import clock

ENCODING = "cp1252"
_HEADS = (
    "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;"
    "WKZ Basis-Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;"
    "Belegfeld 2;Skonto;Buchungstext;Postensperre;Diverse Adressnummer;Geschäftspartnerbank;"
    "Sachverhalt;Zinssperre;Beleglink;"
    + "".join(f"Beleginfo - Art {n};Beleginfo - Inhalt {n};" for n in range(1, 9))
    + "KOST1 - Kostenstelle;KOST2 - Kostenstelle;Kost-Menge;EU-Land u. UStID (Bestimmung);"
    "EU-Steuersatz (Bestimmung)"
)
_COLUMNS = _HEADS.count(";") + 1
_TEXT_LENGTH = 60


class NoAccount(ValueError):
    """A rate has no revenue account; the message names it."""


def lines(period: Period, *, moment: datetime.datetime) -> Iterator[bytes]:
    """The file, line by line: header, heads, bookings; Windows-1252, decimal comma, CRLF.

    Raises `NoPeriod` when the period is of two years: a batch belongs to one. Raises `NoAccount`.
    """
    if period.first.year != period.last.year:
        raise NoPeriod(_("A batch of bookings lies in one year."))
    yield _encoded(_header(period, moment))
    yield _encoded(_HEADS)
    for document in period.documents.iterator(chunk_size=200):
        for row in document.rates:
            yield _encoded(_booking(document, row))


def _header(period: Period, moment: datetime.datetime) -> str:
    accounts = settings.DATEV
    fields = [
        *('"EXTF"', "700", "21", '"Buchungsstapel"', "13"),
        f"{moment:%Y%m%d%H%M%S}000",
        *("", '"RE"', '""', '""'),
        *(accounts["consultant"], accounts["client"]),
        f"{period.first.year}0101",
        str(len(accounts["19"])),
        *(f"{period.first:%Y%m%d}", f"{period.last:%Y%m%d}"),
        '"Rechnungen Onlineshop"',
        *('""', "1", "0", "0", f'"{settings.CURRENCY}"'),
        *("", '""', "", "", '""', "", "", '""', '""'),
    ]
    return ";".join(fields)


def _booking(document: Document, row: dict[str, str]) -> str:
    """Debtor to revenue; a correction is booked on the other side, never below zero."""
    gross, rate = Decimal(row["gross"]), Decimal(row["rate"])
    is_abroad = document.content["scheme"] == TaxScheme.DESTINATION
    fields = [""] * _COLUMNS
    fields[0] = tables.decimal(abs(gross))
    fields[1] = '"S"' if gross >= 0 else '"H"'
    fields[2] = f'"{document.currency}"'
    fields[6] = settings.DATEV["debtor"]
    fields[7] = _account(document, rate)
    fields[9] = f"{clock.day_of(document.issued_at):%d%m}"
    fields[10] = f'"{document.number}"'
    fields[11] = f'"{_plain(document.content["order"]["number"])}"'
    fields[13] = f'"{_text(document)}"'
    if is_abroad:
        fields[39] = f'"{document.tax_country}"'
        fields[40] = tables.decimal(rate)
    return ";".join(fields)


def _account(document: Document, rate: Decimal) -> str:
    """The revenue account of a rate: abroad and small businesses have one of their own."""
    scheme = document.content["scheme"]
    key = {TaxScheme.DESTINATION: "abroad", TaxScheme.SMALL_BUSINESS: "small_business"}.get(
        TaxScheme(scheme), f"{rate.normalize():f}"
    )
    try:
        return str(settings.DATEV[key])
    except KeyError as problem:
        text = _("Set the account of the rate %(rate)s %% in DATEV_ACCOUNTS.")
        raise NoAccount(text % {"rate": key}) from problem


def _text(document: Document) -> str:
    """What the booking is for: the order, and what it corrects; nobody's name."""
    parts = [document.content["order"]["number"]]
    if corrected := document.content.get("corrected"):
        parts.append(f"zu {corrected['number']}")
    return _plain(" ".join(parts))[:_TEXT_LENGTH]


def _plain(text: str) -> str:
    return text.replace('"', "'").replace(";", ",")


def _encoded(line: str) -> bytes:
    return f"{line}\r\n".encode(ENCODING, errors="replace")
