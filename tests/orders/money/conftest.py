"""Prepaid orders and the bookings that a bank would tell of them."""

import datetime
import itertools
from decimal import Decimal

import pytest

from orders.models import BankTransaction
from orders.money import statements

IBAN = "DE02120300000000202051"  # DKB's public example
PAYER = "DE02500105170137075030"
DAY = datetime.date(2026, 11, 24)
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def bank_account(settings):
    settings.BANK_HOLDER = "Kontor Harmsen KG"
    settings.BANK_IBAN = IBAN
    settings.BANK_BIC = "BYLADEM1001"


@pytest.fixture
def prepaid(place):
    """An order of 52.90 € to be paid by transfer."""

    def prepaid(**fields):
        return place(**{"payment_method": "prepayment"} | fields)

    return prepaid


def booking(
    amount,
    text="",
    *,
    reference=None,
    day=DAY,
    name="Ben Petersen",
    iban=PAYER,
    currency="EUR",
    debit=False,
    end_to_end="NOTPROVIDED",
    returned=False,
):
    """One `Ntry` of a CAMT.053.001.08; without `reference` the bank gives a new one."""
    reference = f"BK{next(_numbers):08}" if reference is None else reference
    sign, party = ("DBIT", "Cdtr") if debit else ("CRDT", "Dbtr")
    back = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" if returned else ""
    return f"""<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>
      <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
      <AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls><TxDtls>
      <Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>
      <RltdPties><{party}><Pty><Nm>{name}</Nm></Pty></{party}>
      <{party}Acct><Id><IBAN>{iban}</IBAN></Id></{party}Acct></RltdPties>
      <RmtInf><Ustrd>{text}</Ustrd></RmtInf>{back}</TxDtls></NtryDtls></Ntry>"""


def camt(*bookings, iban=IBAN, version="08", balances=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
    <GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>
    {balances}{"".join(bookings)}</Stmt></BkToCstmrStmt></Document>""".encode()


@pytest.fixture
def upload(moment):
    def upload(*bookings, at=None, by=None):
        return statements.upload("auszug.xml", camt(*bookings), by=by, moment=at or moment)

    return upload


def only_booking():
    return BankTransaction.objects.get()


def money(text):
    return Decimal(text)
