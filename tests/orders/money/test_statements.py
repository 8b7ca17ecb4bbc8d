"""Statements of several banks, read to the cent or refused whole; twice is once."""

import threading
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from orders.models import (
    BankStatement,
    BankTransaction,
    MoneyIn,
    Order,
    OrderStatus,
    PaymentStatus,
)
from orders.money import statements
from orders.money.entries import UnknownLayout, Unreadable
from tests.orders.money.conftest import IBAN, PAYER, booking, camt

NUMBER = "K-7QX-4MP-9RT"


def facts(statement):
    return [
        (str(one.booked_on), one.is_credit, str(one.amount), one.currency, one.remittance)
        for one in statement.entries
    ]


# --- CAMT.053 ------------------------------------------------------------------------------------

CAMT_02 = f"""<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt>
 <CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">142.90</Amt>
 <CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">52.90</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
 <BookgDt><Dt>2026-11-23</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef>
 <NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>
 <RltdPties><Dbtr><Nm>Ben Petersen</Nm></Dbtr><DbtrAcct><Id><IBAN>{PAYER}</IBAN></Id></DbtrAcct>
 </RltdPties><RmtInf><Ustrd>{NUMBER}</Ustrd><Ustrd>danke</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
 <BookgDt><DtTm>2026-11-23T10:00:00</DtTm></BookgDt><NtryDtls><TxDtls><RltdPties><Cdtr>
 <Nm>Vermieter</Nm></Cdtr></RltdPties><RmtInf><Ustrd>Miete</Ustrd></RmtInf></TxDtls></NtryDtls>
</Ntry>
<Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def test_version_02_with_names_directly_under_the_party():
    read = statements.read(CAMT_02.encode())

    assert (read.layout, read.iban, read.announced) == ("CAMT.053", IBAN, 1)
    assert facts(read) == [
        ("2026-11-23", True, "52.90", "EUR", f"{NUMBER} danke"),
        ("2026-11-23", False, "10.00", "EUR", "Miete"),
    ]
    first = read.entries[0]
    assert (first.payer_name, first.payer_iban) == ("Ben Petersen", PAYER)
    assert (first.end_to_end, first.bank_reference) == ("E1", "A1/0")


def test_version_08_with_names_one_step_deeper():
    read = statements.read(camt(booking("1234.50", NUMBER), booking("3.00", "", debit=True)))

    assert [str(one.amount) for one in read.entries] == ["1234.50", "3.00"]
    assert read.entries[0].payer_name == "Ben Petersen"
    assert read.entries[0].end_to_end == ""


def test_a_batch_becomes_its_parts():
    parts = "".join(
        f"""<TxDtls><Refs><EndToEndId>E{n}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt>
        <RmtInf><Ustrd>text {n}</Ustrd></RmtInf></TxDtls>"""
        for n, amount in ((1, "10.00"), (2, "5.50"))
    )
    entry = f"""<Ntry><Amt Ccy="EUR">15.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>
      <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt>
      <AcctSvcrRef>B1</AcctSvcrRef><NtryDtls>{parts}</NtryDtls></Ntry>"""

    read = statements.read(camt(entry))

    assert [(str(one.amount), one.bank_reference) for one in read.entries] == [
        ("10.00", "B1/0"),
        ("5.50", "B1/1"),
    ]
    with pytest.raises(Unreadable, match="Teile"):
        statements.read(camt(entry.replace("15.50", "15.60")))


BALANCES = """<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt>
<CdtDbtInd>DBIT</CdtDbtInd></Bal><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="EUR">47.10</Amt><CdtDbtInd>DBIT</CdtDbtInd></Bal>"""


def test_a_statement_in_which_a_booking_is_missing_is_refused():
    whole = camt(booking("52.90"), balances=BALANCES)
    assert len(statements.read(whole).entries) == 1

    with pytest.raises(Unreadable, match="Endsaldo"):
        statements.read(camt(booking("52.90"), booking("1.00"), balances=BALANCES))


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&c;</Document>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        FILE,
        b"<a/>",
        b"<a",
        b"",
        b"\x00\x01\x02",
        b"%PDF-1.4",
        b"Das ist kein Kontoauszug.",
        camt(booking("52.90")).replace(b"camt.053", b"camt.052"),
        camt(booking("52.905")),
        camt(booking("1e5")),
        camt(booking("NaN")),
        camt(booking("52.90").replace("CRDT", "XXXX")),
        camt(booking("52.90", day="2026-13-01")),
        b"<" + b"a" * 6_000_000,
    ],
    ids=range(15),
)
def test_what_is_no_statement_is_refused(content):
    with pytest.raises(Unreadable):
        statements.read(content)


# --- CSV: the columns and habits of the banks' own exports ---------------------------------------

SPARKASSE = f""""Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";\
"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";\
"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";\
"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"{IBAN}";"23.11.26";"23.11.26";"GUTSCHR. UEBERWEISUNG";"{NUMBER}";"";"";"E1";"";"";"";\
"Jörg Müller";"{PAYER}";"INGDDEFFXXX";"1.252,90";"EUR";"Umsatz gebucht"
"{IBAN}";"23.11.26";"";"LOHN";"Lohn";"";"";"";"";"";"";"Kim";"{PAYER}";"";"-2.000,00";"EUR";\
"Umsatz gebucht"
"{IBAN}";"";"24.11.26";"GUTSCHRIFT";"kommt";"";"";"";"";"";"";"Kim";"";"";"5,00";"EUR";\
"Umsatz vorgemerkt"
"""
DKB = f""""Girokonto";"{IBAN}"
"Zeitraum:";"01.11.2026 - 24.11.2026"
"Kontostand vom 24.11.2026:";"1.000,00 €"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";\
"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"23.11.26";"23.11.26";"Gebucht";"Jörg Müller";"Kontor";"{NUMBER}";"Eingang";"{PAYER}";"1.252,90";\
"";"";""
"24.11.26";"24.11.26";"Vorgemerkt";"Kim";"Kontor";"x";"Eingang";"{PAYER}";"5,00";"";"";""
"""
ING = f"""Umsatzanzeige;Datei erstellt am: 24.11.2026 09:00
IBAN;{" ".join([IBAN[:4], IBAN[4:8], IBAN[8:12], IBAN[12:16], IBAN[16:20], IBAN[20:]])}
Kontoname;Girokonto
Bank;ING
Saldo;1.252,90;EUR

Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;\
Betrag;Währung
23.11.2026;23.11.2026;Jörg Müller;Gutschrift;{NUMBER};1.252,90;EUR;1.252,90;EUR
"""
COMDIRECT = f"""
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"1.252,90 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"--";"Übertrag";"Auftraggeber: Kim Buchungstext: x";"5,00";
"23.11.2026";"23.11.2026";"Übertrag / Überweisung";\
"Auftraggeber: Jörg Müller Buchungstext: {NUMBER} Ref. H1";"1.252,90";

"Alter Kontostand";"0,00 EUR";
"""
N26 = f""""Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference",\
"Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"
2026-11-23,2026-11-23,"Jörg Müller",{PAYER},"Credit Transfer","{NUMBER}","Main",1252.9,,,
2026-11-23,2026-11-23,"Laden",,"Presentment","","Main",-12.34,,,
"""
LAYOUTS = {
    "sparkasse": (SPARKASSE, "cp1252", IBAN, 1),
    "dkb": (DKB, "utf-8-sig", IBAN, 1),
    "ing": (ING, "cp1252", IBAN, 0),
    "comdirect": (COMDIRECT, "cp1252", "", 1),
    "n26": (N26, "utf-8", "", 0),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_export_of_a_bank_is_read_by_the_names_of_its_columns(name):
    text, encoding, iban, announced = LAYOUTS[name]

    read = statements.read(text.encode(encoding))

    assert (read.layout, read.iban, read.announced) == ("CSV", iban, announced)
    first = read.entries[0]
    assert (str(first.booked_on), first.is_credit, str(first.amount)) == (
        "2026-11-23",
        True,
        "1252.90",
    )
    assert NUMBER in first.remittance
    assert (first.payer_name, first.currency) == ("Jörg Müller", "EUR")
    assert first.payer_iban == (PAYER if name not in ("ing", "comdirect") else "")


@pytest.mark.parametrize(
    "amounts",
    [("1.234", "2.345"), ("1,50", "1.50"), ("abc", "1,00"), ("1,234", "5,678"), ("1,005", "1,00")],
)
def test_amounts_that_can_be_read_in_two_ways_are_refused(amounts):
    rows = "\n".join(f"23.11.2026;x;{amount}" for amount in amounts)

    with pytest.raises(Unreadable):
        statements.read(f"Buchungstag;Verwendungszweck;Betrag\n{rows}\n".encode())


def test_unknown_columns_are_asked_for_and_then_known():
    content = b"Wann;Wer;Wofuer;Wieviel\n23.11.2026;Ben;K-7QX-4MP-9RT;52,90\n"

    with pytest.raises(UnknownLayout) as caught:
        statements.read(content)
    assert caught.value.columns == ["Wann", "Wer", "Wofuer", "Wieviel"]

    said = {"booked_on": "Wann", "amount": "Wieviel", "purpose": "Wofuer", "payer": "Wer"}
    read = statements.read(content, columns=said)
    assert facts(read) == [("2026-11-23", True, "52.90", "EUR", NUMBER)]


# --- Stored once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_same_statement_again_changes_nothing(prepaid, moment):
    order = prepaid()
    content = camt(booking("52.90", order.number), booking("9.00", "Gutschein?"))

    first = statements.upload("a.xml", content, by=None, moment=moment)
    again = statements.upload("b.xml", content, by=None, moment=moment)

    assert (first.count_new, first.count_known) == (2, 0)
    assert (again.count_new, again.count_known) == (0, 2)
    assert BankTransaction.objects.count() == 2
    assert MoneyIn.objects.get().amount == Decimal("52.90")
    assert Order.objects.get().payment_status == PaymentStatus.PAID


@pytest.mark.django_db(transaction=True)
def test_two_bookings_that_are_alike_in_one_file_are_two(prepaid, moment):
    order = prepaid()
    rows = f"23.11.2026;Ben;{order.number};26,45\n" * 2
    content = f"Buchungstag;Payee;Verwendungszweck;Betrag\n{rows}".encode()

    statements.upload("a.csv", content, by=None, moment=moment)
    statements.upload("a.csv", content, by=None, moment=moment)

    assert BankTransaction.objects.count() == 2
    assert Order.objects.get().payment_status == PaymentStatus.PAID


@pytest.mark.django_db(transaction=True)
def test_the_same_booking_in_another_format_is_never_booked_by_itself(prepaid, moment):
    order = prepaid()
    statements.upload("a.xml", camt(booking("26.45", order.number)), by=None, moment=moment)
    csv = f"Buchungstag;Payee;Verwendungszweck;Betrag\n24.11.2026;Ben;{order.number};26,45\n"

    statements.upload("a.csv", csv.encode(), by=None, moment=moment)

    assert Order.objects.get().payment_status == PaymentStatus.PARTLY_PAID
    assert BankTransaction.objects.undecided().get().rule == "double"


@pytest.mark.django_db(transaction=True)
def test_the_statement_of_another_account_is_refused(moment):
    with pytest.raises(Unreadable, match="DE02 … 5030"):
        statements.upload("a.xml", camt(booking("1.00"), iban=PAYER), by=None, moment=moment)

    assert not BankStatement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_payments_to_others_are_not_stored(upload):
    row = upload(booking("2000.00", "Lohn November", debit=True, name="Kim"))

    assert (row.count_new, row.count_left_out) == (0, 1)
    assert not BankTransaction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_upload_the_same_statement_at_once(prepaid, moment):
    orders = [prepaid() for _number in range(4)]
    content = camt(*(booking("52.90", one.number) for one in orders))
    barrier = threading.Barrier(3)
    problems = []

    def run():
        try:
            barrier.wait()
            statements.upload("a.xml", content, by=None, moment=moment)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert BankTransaction.objects.count() == 4
    assert MoneyIn.objects.count() == 4
    assert set(Order.objects.values_list("status", flat=True)) == {OrderStatus.CONFIRMED}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["orders_banktransaction", "orders_moneyin"])
@pytest.mark.parametrize("act", ["UPDATE {} SET amount = 60", "DELETE FROM {}"])
def test_what_the_bank_said_cannot_be_changed(prepaid, upload, table, act):
    upload(booking("52.90", prepaid().number))

    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table))
    assert MoneyIn.objects.get().amount == Decimal("52.90")
