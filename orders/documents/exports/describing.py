"""`index.xml`: what is in the files of an export, for the auditor's program (GoBD, data carrier).

The description standard is that of the fiscal administration; its DTD is named, not shipped.
"""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from orders.documents.exports.periods import Period
from orders.documents.exports.tables import DELIMITER, LINES, TABLES, Column, Table
from shop import legal

DTD = "gdpdu-01-09-2004.dtd"


def index(period: Period) -> bytes:
    """The description of all tables of `period`."""
    root = Element("DataSet")
    _add(root, "Version", "1.0")
    supplier = SubElement(root, "DataSupplier")
    seller = legal.merchant()
    _add(supplier, "Name", seller.name)
    _add(supplier, "Location", f"{seller.postcode} {seller.city}")
    _add(supplier, "Comment", "Ausgangsrechnungen des Onlineshops")
    media = SubElement(root, "Media")
    _add(media, "Name", "Export")
    for table in TABLES:
        _table(media, table, period)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    body = body.replace(_RECORD_END, "<RecordDelimiter>&#13;&#10;</RecordDelimiter>")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE DataSet SYSTEM "{DTD}">\n'
    return (head + body + "\n").encode()


_RECORD_END = "<RecordDelimiter>CRLF</RecordDelimiter>"


def _table(media: Element, table: Table, period: Period) -> None:
    one = SubElement(media, "Table")
    _add(one, "URL", table.filename)
    _add(one, "Name", table.name)
    _add(one, "Description", table.description)
    days = SubElement(SubElement(one, "Validity"), "Range")
    _add(days, "From", f"{period.first:%d.%m.%Y}")
    _add(days, "To", f"{period.last:%d.%m.%Y}")
    SubElement(one, "UTF8")
    _add(one, "DecimalSymbol", ",")
    _add(one, "DigitGroupingSymbol", ".")
    _add(SubElement(one, "Range"), "From", "2")  # the first line holds the names
    shape = SubElement(one, "VariableLength")
    _add(shape, "ColumnDelimiter", DELIMITER)
    _add(shape, "RecordDelimiter", "CRLF")
    _add(shape, "TextEncapsulator", '"')
    for column in table.columns[: table.key]:
        _column(SubElement(shape, "VariablePrimaryKey"), column)
    for column in table.columns[table.key :]:
        _column(SubElement(shape, "VariableColumn"), column)
    if table is LINES:
        foreign = SubElement(shape, "ForeignKey")
        _add(foreign, "Name", "number")
        _add(foreign, "References", "documents")


def _column(parent: Element, column: Column) -> None:
    _add(parent, "Name", column.name)
    _add(parent, "Description", column.description)
    if column.kind in ("amount", "rate"):
        _add(SubElement(parent, "Numeric"), "Accuracy", "2")
    elif column.kind == "number":
        SubElement(parent, "Numeric")
    elif column.kind == "date":
        _add(SubElement(parent, "Date"), "Format", "DD.MM.YYYY")
    else:
        SubElement(parent, "AlphaNumeric")


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
