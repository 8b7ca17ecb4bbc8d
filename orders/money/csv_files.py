"""CSV exports of German banks: the columns are known by their names, never by their places.

Names were taken from the banks' own exports: Sparkasse (CAMT-CSV), DKB, ING, comdirect, N26 and
those that share their words. What is not known is asked for, what may be read in two ways refused.
"""

import csv
import datetime
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.money.entries import (
    MAX_ENTRIES,
    Entry,
    Statement,
    UnknownLayout,
    Unreadable,
    signed,
)
from orders.receipts import ibans

LAYOUT = "CSV"
# For each fact the names of its column; the first that the file has counts.
_NAMES: dict[str, tuple[str, ...]] = {
    "booked_on": ("buchungstag", "buchungsdatum", "buchung", "booking date", "datum", "date"),
    "amount": ("betrag (€)", "betrag (eur)", "amount (eur)", "umsatz in eur", "betrag", "umsatz"),
    "payer": (
        "zahlungspflichtige*r",
        "beguenstigter/zahlungspflichtiger",
        "begünstigter/zahlungspflichtiger",
        "name zahlungsbeteiligter",
        "auftraggeber/empfänger",
        "auftraggeber / begünstigter",
        "partner name",
        "payee",
        "empfänger",
    ),
    "iban": (
        "kontonummer/iban",
        "iban zahlungsbeteiligter",
        "partner iban",
        "iban",
        "kontonummer",
        "account number",
    ),
    "purpose": ("verwendungszweck", "payment reference", "buchungstext"),
    "currency": ("waehrung", "währung", "currency"),
    "end_to_end": ("kundenreferenz (end-to-end)", "kundenreferenz"),
    "account": ("auftragskonto", "iban auftragskonto"),
    "status": ("status", "info"),
}
_NEEDED = ("booked_on", "amount", "purpose")
# What stands in `status` for bookings that are only announced.
_ANNOUNCED = ("vorgemerkt", "umsatz vorgemerkt", "pending")
_ENCODINGS = ("utf-8-sig", "cp1252")
_RETURNS = re.compile(r"rückl|ruecklast|retoure|rückgabe|rueckgabe|\breturn", re.IGNORECASE)
_MAX_HEAD = 40


def read(content: bytes, *, columns: Mapping[str, str] | None = None) -> Statement:
    """The bookings of one account. `columns` says which column is which, by name.

    Raises `UnknownLayout` when it has to be told, `Unreadable` for the rest.
    """
    lines = _decoded(content).splitlines()
    rows, head = _table(lines, columns)
    names = [name.strip().strip('"').lower() for name in rows[0]]
    places = _places(names, columns) if columns else _known(names)
    if any(fact not in places for fact in _NEEDED):
        raise UnknownLayout([name.strip() for name in rows[0] if name.strip()])
    body = [row for row in rows[1:] if _has(row, places["amount"])]
    if len(body) > MAX_ENTRIES:
        raise Unreadable(_("The file has too many bookings."))
    booked = [row for row in body if _cell(row, places, "status").lower() not in _ANNOUNCED]
    booked = [row for row in booked if _cell(row, places, "booked_on").lower() != "offen"]
    is_german = _is_german([_cell(row, places, "amount") for row in booked])
    default = "EUR" if _says_euro(names[places["amount"]]) else ""
    entries = [_entry(row, places, is_german, default) for row in booked]
    accounts = {ibans.compact(_cell(row, places, "account")) for row in body} - {""}
    iban = accounts.pop() if len(accounts) == 1 else _account_above(lines[:head])
    if accounts:
        raise Unreadable(_("The file must hold the statements of exactly one account."))
    kept = tuple(one for one in entries if one.amount)
    return Statement(LAYOUT, iban, kept, len(body) - len(booked))


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("The file is not text in UTF-8 or Windows-1252."))


def _table(lines: Sequence[str], columns: Mapping[str, str] | None) -> tuple[list[list[str]], int]:
    """The rows from the header on, and how many lines stand above it."""
    wanted = {name.lower() for name in (columns or {}).values()}
    best: tuple[int, int, str] = (0, -1, ";")
    for number, line in enumerate(lines[:_MAX_HEAD]):
        for delimiter in ";,\t":
            cells = [cell.strip().lower() for cell in _split([line], delimiter)[0]] if line else []
            known = len(wanted & set(cells)) if columns else len(_known(cells))
            if known > best[0]:
                best = (known, number, delimiter)
    if best[1] < 0 or best[0] < 2:
        best = _most_columns(lines)
    return _split(lines[best[1] :], best[2]), best[1]


def _most_columns(lines: Sequence[str]) -> tuple[int, int, str]:
    """Where nothing is known, the header is the first line with the most columns."""
    found = [
        (line.count(delimiter), -number, delimiter)
        for number, line in enumerate(lines[:_MAX_HEAD])
        for delimiter in ";,\t"
    ]
    count, number, delimiter = max(found, default=(0, 0, ";"))
    if count < 2:
        raise Unreadable(_("This file is no table of bookings."))
    return count, -number, delimiter


def _split(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        text = io.StringIO("\n".join(lines))
        return [row for row in csv.reader(text, delimiter=delimiter) if row]
    except csv.Error as problem:
        raise Unreadable(_("This file is no table of bookings.")) from problem


def _known(names: Sequence[str]) -> dict[str, int]:
    found = {}
    for fact, words in _NAMES.items():
        for word in words:
            if word in names:
                found[fact] = names.index(word)
                break
    return found


def _places(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    return {
        fact: names.index(name.lower())
        for fact, name in columns.items()
        if fact in _NAMES and name.lower() in names
    }


def _has(row: Sequence[str], place: int) -> bool:
    return len(row) > place and bool(row[place].strip())


def _cell(row: Sequence[str], places: Mapping[str, int], fact: str) -> str:
    place = places.get(fact, -1)
    return " ".join(row[place].split()) if 0 <= place < len(row) else ""


def _says_euro(name: str) -> bool:
    return "eur" in name or "€" in name


def _is_german(amounts: Sequence[str]) -> bool:
    """Comma or point before the cents: told by the whole column, refused when it is not clear."""
    plain = [re.sub(r"[^\d.,]", "", amount) for amount in amounts]
    german = any(re.search(r",\d{1,2}$", one) for one in plain)
    english = any(re.search(r"\.\d{1,2}$", one) for one in plain)
    if german and english:
        raise Unreadable(_("The amounts have commas and points before the cents."))
    if not german and not english and any("." in one or "," in one for one in plain):
        raise Unreadable(_("It is not clear where the cents of the amounts begin."))
    return german


def _entry(row: Sequence[str], places: Mapping[str, int], is_german: bool, default: str) -> Entry:
    text = re.sub(r"\s*(€|EUR)$", "", _cell(row, places, "amount"))
    amount = signed(text.replace("−", "-"), is_german=is_german)
    purpose, payer = _cell(row, places, "purpose"), _cell(row, places, "payer")
    iban = ibans.compact(_cell(row, places, "iban"))
    return Entry(
        booked_on=_day(_cell(row, places, "booked_on")),
        amount=abs(amount),
        is_credit=amount > Decimal(0),
        currency=(_cell(row, places, "currency") or default or "EUR").upper()[:3],
        payer_name=payer[:140] or _named_in(purpose),
        payer_iban=iban if ibans.is_valid(iban) else "",
        remittance=purpose,
        end_to_end=_cell(row, places, "end_to_end"),
        is_return=bool(_RETURNS.search(purpose)),
    )


def _named_in(purpose: str) -> str:
    """The payer, where the bank writes everything into one column."""
    match = re.search(r"Auftraggeber:\s*(.+?)\s*(Buchungstext:|$)", purpose)
    return match[1][:140] if match else ""


def _day(text: str) -> datetime.date:
    for pattern in ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise Unreadable(_("“%(text)s” is not a date.") % {"text": text[:40]})


def _account_above(lines: Sequence[str]) -> str:
    """The IBAN that stands above the table, if exactly one does."""
    text = ibans.compact(" ".join(line.replace(";", "| ").replace('"', " ") for line in lines))
    found = {one for one in re.findall(r"DE\d{20}", text) if ibans.is_valid(one)}
    return found.pop() if len(found) == 1 else ""
