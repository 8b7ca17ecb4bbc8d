"""The tables of the export for auditors: columns, their kinds, and rows from documents."""

import csv
import dataclasses
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Literal

from catalog.imports import cells
from orders.models import Document
from orders.receipts import papers
from shop.kit import clock

type Kind = Literal["text", "amount", "rate", "number", "date"]
DELIMITER = ";"


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind
    description: str


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One CSV file; `key` names its first columns, which are unique together."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: int = 1

    @property
    def filename(self) -> str:
        return f"{self.name}.csv"


DOCUMENTS = Table(
    "documents",
    "Rechnungen, Stornorechnungen und Rechnungskorrekturen",
    (
        Column("number", "text", "Nummer des Belegs"),
        Column("kind", "text", "Art des Belegs"),
        Column("issued_on", "date", "Ausstellungsdatum"),
        Column("supplied_on", "date", "Leistungsdatum (letzter Tag)"),
        Column("order_number", "text", "Nummer der Bestellung"),
        Column("corrects", "text", "Nummer des korrigierten oder stornierten Belegs"),
        Column("buyer", "text", "Name des Rechnungsempfängers"),
        Column("buyer_country", "text", "Land des Rechnungsempfängers (ISO 3166-1)"),
        Column("tax_country", "text", "Land der Besteuerung (ISO 3166-1)"),
        Column("currency", "text", "Währung (ISO 4217)"),
        Column("net", "amount", "Nettobetrag"),
        Column("vat", "amount", "Umsatzsteuer"),
        Column("gross", "amount", "Bruttobetrag"),
        Column("file", "text", "Datei des Belegs"),
        Column("sha256", "text", "Prüfsumme der Datei (SHA-256)"),
    ),
)
LINES = Table(
    "lines",
    "Positionen der Belege",
    (
        Column("number", "text", "Nummer des Belegs"),
        Column("position", "number", "Position"),
        Column("kind", "text", "Art der Position"),
        Column("sku", "text", "Artikelnummer"),
        Column("title", "text", "Bezeichnung"),
        Column("quantity", "number", "Menge"),
        Column("rate", "rate", "Steuersatz in Prozent"),
        Column("net", "amount", "Nettobetrag"),
        Column("vat", "amount", "Umsatzsteuer"),
        Column("gross", "amount", "Bruttobetrag"),
    ),
    key=2,
)
TABLES = (DOCUMENTS, LINES)


def document_rows(documents: Iterable[Document]) -> Iterator[list[Any]]:
    """The rows of `DOCUMENTS`; `cancels` and `corrects` are loaded."""
    for one in documents:
        supplied = one.content["supply"]["last"]
        other = one.cancels or one.corrects
        yield [
            one.number,
            papers.kind_name(one),
            clock.day_of(one.issued_at).strftime("%d.%m.%Y"),
            ".".join(reversed(supplied.split("-"))) if supplied else "",
            one.content["order"]["number"],
            other.number if other else "",
            one.content["buyer"]["name"],
            one.content["buyer"]["country"],
            one.tax_country,
            one.currency,
            *(decimal(value) for value in (one.net, one.vat, one.gross)),
            f"documents/{one.filename}",
            one.sha256,
        ]


def line_rows(documents: Iterable[Document]) -> Iterator[list[Any]]:
    """The rows of `LINES`."""
    for document in documents:
        for position, entry in enumerate(document.content["entries"], start=1):
            amounts = [decimal(Decimal(entry[name])) for name in ("rate", "net", "vat", "gross")]
            words = [entry["kind"], entry["sku"], entry["title"]]
            yield [document.number, position, *words, entry["quantity"], *amounts]


def decimal(value: Decimal) -> str:
    """An amount with two digits and a decimal comma, without groups."""
    return f"{value:.2f}".replace(".", ",")


def lines_of(rows: Iterable[list[Any]], table: Table) -> Iterator[bytes]:
    """The file of a table, line by line: head, then rows; UTF-8, CRLF.

    Text that a spreadsheet would take for a formula is guarded; amounts are as they are.
    """
    yield _line([column.name for column in table.columns])
    for row in rows:
        yield _line(
            [
                cells.guarded(str(value)) if column.kind == "text" else value
                for value, column in zip(row, table.columns, strict=True)
            ]
        )


def _line(row: list[Any]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=DELIMITER, lineterminator="\r\n").writerow(row)
    return buffer.getvalue().encode()
