"""What auditors and tax advisers get: complete, readable, in the format that they name."""

import csv
import datetime
import io
import zipfile
from decimal import Decimal
from xml.etree import ElementTree  # our own bytes

import pytest
from django.core.management import CommandError, call_command

from orders.documents.exports import archive, datev
from orders.documents.exports.periods import NoPeriod, Period
from orders.models import Document
from shop.kit import clock
from tests.orders.documents.test_issuing import give_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def period(moment):
    day = clock.day_of(moment)
    return Period(day, day)


@pytest.fixture
def traded(invoiced, issue, moment):
    order, invoice = invoiced()
    give_back(order, "10.00", moment)
    (note,) = issue()
    return order, invoice, note


def _zip(period):
    target = io.BytesIO()
    archive.write(period, target)
    return zipfile.ZipFile(target)


def _rows(archive, name):
    text = archive.read(name).decode()
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_archive_holds_every_document_as_it_was_sent(traded, period):
    _order, invoice, note = traded

    found = _zip(period)

    assert set(found.namelist()) == {
        "index.xml",
        "documents.csv",
        "lines.csv",
        f"documents/{invoice.filename}",
        f"documents/{note.filename}",
    }
    assert found.read(f"documents/{invoice.filename}") == bytes(invoice.file.pdf)


def test_the_tables_say_what_the_documents_say(traded, period):
    order, invoice, note = traded

    documents, lines = (_rows(_zip(period), name) for name in ("documents.csv", "lines.csv"))

    assert [row["number"] for row in documents] == [invoice.number, note.number]
    assert documents[0]["order_number"] == order.number
    assert documents[1]["corrects"] == invoice.number
    assert documents[1]["gross"] == "-10,00"
    assert documents[0]["sha256"] == invoice.sha256
    for row in documents:
        of_document = [one for one in lines if one["number"] == row["number"]]
        total = sum(Decimal(one["gross"].replace(",", ".")) for one in of_document)
        assert total == Decimal(row["gross"].replace(",", "."))


def test_the_description_names_every_column_of_every_table(traded, period):
    found = _zip(period)

    text = found.read("index.xml").decode()
    root = ElementTree.fromstring(text)  # noqa: S314 - written by us

    assert '<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">' in text
    assert "<RecordDelimiter>&#13;&#10;</RecordDelimiter>" in text
    for table in root.iter("Table"):
        names = [
            one.findtext("Name")
            for one in table.find("VariableLength")
            if one.tag in ("VariablePrimaryKey", "VariableColumn")
        ]
        head = found.read(table.findtext("URL")).decode().splitlines()[0]
        assert head == ";".join(names)


def test_a_name_that_looks_like_a_formula_is_only_text(sent_order, issue, period):
    order = sent_order()
    order.addresses.update(name="=cmd|'/C calc'!A0")
    issue()

    (row,) = _rows(_zip(period), "documents.csv")

    assert row["buyer"] == "'=cmd|'/C calc'!A0"


def test_a_document_that_is_not_drawn_yet_is_not_left_out_in_silence(traded, period):
    _undrawn(traded[1])

    with pytest.raises(NoPeriod):
        _zip(period)


def _undrawn(invoice):
    Document.objects.create(
        **{
            field.attname: getattr(invoice, field.attname)
            for field in Document._meta.concrete_fields
            if field.attname not in ("id", "number", "position", "sha256", "size", "drawn_at")
        },
        number="RE-X",
        position=99,
    )


def test_bookings_are_one_for_each_rate_on_the_accounts_of_skr03(traded, period, moment):
    order, invoice, _note = traded

    content = b"".join(datev.lines(period, moment=moment)).decode("cp1252")

    header, heads, *bookings = content.split("\r\n")[:-1]
    assert header.startswith('"EXTF";700;21;"Buchungsstapel";13;')
    assert len(header.split(";")) == 31
    assert heads.split(";")[7] == "Gegenkonto (ohne BU-Schlüssel)"
    day = f"{clock.day_of(moment):%d%m}"
    first, second = (one.split(";") for one in bookings)
    assert first[:3] == ["52,90", '"S"', '"EUR"']
    assert (first[6], first[7], first[9]) == ("10000", "8400", day)
    assert (first[10], first[11]) == (f'"{invoice.number}"', f'"{order.number}"')
    assert second[:2] == ["10,00", '"H"']
    assert second[13] == f'"{order.number} zu {invoice.number}"'
    assert len(first) == len(heads.split(";")) == 41


def test_sales_abroad_go_to_their_own_account_with_country_and_rate(
    sent_order, issue, period, moment
):
    sent_order(tax_country="AT", tax_scheme="destination", distance_net=Decimal("44.45"))
    issue()

    content = b"".join(datev.lines(period, moment=moment)).decode("cp1252")

    booking = content.split("\r\n")[2].split(";")
    assert (booking[7], booking[39], booking[40]) == ("8320", '"AT"', "19,00")


def test_a_batch_lies_in_one_year_and_a_period_does_not_end_before_it_begins(moment):
    day = datetime.date(2026, 12, 31)
    with pytest.raises(NoPeriod):
        Period(day, day - datetime.timedelta(days=1))
    with pytest.raises(NoPeriod):
        list(datev.lines(Period(day, datetime.date(2027, 1, 1)), moment=moment))


def test_the_commands_write_the_files(traded, period, tmp_path, capsys):
    days = [period.first.isoformat(), period.last.isoformat()]

    call_command("export_documents", *days, str(tmp_path / "all.zip"))
    call_command("export_bookings", *days, str(tmp_path / "batch.csv"))

    assert "2 documents" in capsys.readouterr().out
    assert zipfile.is_zipfile(tmp_path / "all.zip")
    assert (tmp_path / "batch.csv").read_bytes().startswith(b'"EXTF"')
    with pytest.raises(CommandError):
        call_command("export_documents", days[1], "2020-01-01", str(tmp_path / "x"))
