"""CAMT.053, the statement of ISO 20022: versions 001.02 and 001.08, as German banks give them."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element  # only the type: parsing is defusedxml's

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from orders.money.entries import MAX_ENTRIES, Entry, Statement, Unreadable, signed

LAYOUT = "CAMT.053"
_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(02|08)\}Document")
_NOTHING = {"", "NOTPROVIDED"}
_SIGNS = {"CRDT": True, "DBIT": False}


def looks_like(content: bytes) -> bool:
    """Is it meant to be XML?"""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read(content: bytes) -> Statement:
    """The booked entries of one account. Raises `Unreadable`."""
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise Unreadable(_("This is not a proper XML file.")) from problem
    if not _NAMESPACE.fullmatch(root.tag):
        raise Unreadable(_("This XML is not a bank statement (CAMT.053 version 02 or 08)."))
    statements = root.findall("{*}BkToCstmrStmt/{*}Stmt")
    ibans = {_text(one, "Acct/Id/IBAN") for one in statements}
    if len(ibans) != 1:
        raise Unreadable(_("The file must hold the statements of exactly one account."))
    entries: list[Entry] = []
    announced = 0
    for statement in statements:
        _check_balance(statement)
        for row in statement.iterfind("{*}Ntry"):
            if (_text(row, "Sts/Cd") or _text(row, "Sts")) != "BOOK":
                announced += 1
                continue
            entries += _entry(row)
            if len(entries) > MAX_ENTRIES:
                raise Unreadable(_("The file has too many bookings."))
    return Statement(LAYOUT, ibans.pop(), tuple(entries), announced)


def _text(node: Element, path: str) -> str:
    found = node.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def _amount(node: Element) -> Decimal:
    return signed(_text(node, "Amt"), is_german=False)


def _is_credit(node: Element) -> bool:
    sign = _text(node, "CdtDbtInd")
    if sign not in _SIGNS:
        raise Unreadable(_("A booking says neither that money came nor that it went."))
    return _SIGNS[sign]


def _check_balance(statement: Element) -> None:
    """From the opening to the closing balance by the bookings: nothing is missing, or refused."""
    balances = {
        _text(one, "Tp/CdOrPrtry/Cd"): _amount(one) * (1 if _is_credit(one) else -1)
        for one in statement.iterfind("{*}Bal")
    }
    opening = balances.get("OPBD", balances.get("PRCD"))
    closing = balances.get("CLBD")
    if opening is None or closing is None:
        return
    booked = [
        one
        for one in statement.iterfind("{*}Ntry")
        if (_text(one, "Sts/Cd") or _text(one, "Sts")) == "BOOK"
    ]
    change = sum((_amount(one) * (1 if _is_credit(one) else -1) for one in booked), Decimal(0))
    if opening + change != closing:
        raise Unreadable(_("The bookings do not lead from the opening to the closing balance."))


def _entry(row: Element) -> Iterator[Entry]:
    """One booking, or those of a batch: each with its own amount, together that of the batch."""
    details = row.findall("{*}NtryDtls/{*}TxDtls")
    amount = _amount(row)
    parts = [_part_amount(one) for one in details]
    if len(details) > 1 and all(part is not None for part in parts):
        if sum((part for part in parts if part is not None), Decimal(0)) != amount:
            raise Unreadable(_("The parts of a booking are not its sum."))
        for place, (detail, part) in enumerate(zip(details, parts, strict=True)):
            if part:
                yield _made(row, detail, part, place)
    elif amount:
        yield _made(row, details[0] if len(details) == 1 else None, amount, 0)


def _part_amount(detail: Element) -> Decimal | None:
    text = _text(detail, "Amt") or _text(detail, "AmtDtls/TxAmt/Amt")
    return signed(text, is_german=False) if text else None


def _made(row: Element, detail: Element | None, amount: Decimal, place: int) -> Entry:
    is_credit = _is_credit(row)
    party = "Dbtr" if is_credit else "Cdtr"
    refs = detail if detail is not None else row
    bank = _text(row, "AcctSvcrRef") or _text(refs, "Refs/AcctSvcrRef")
    end_to_end = _text(refs, "Refs/EndToEndId")
    currency = row.find("{*}Amt")
    return Entry(
        booked_on=_day(row),
        amount=amount,
        is_credit=is_credit,
        currency=(currency.get("Ccy") or "") if currency is not None else "",
        payer_name=_text(refs, f"RltdPties/{party}/Nm") or _text(refs, f"RltdPties/{party}/Pty/Nm"),
        payer_iban=_text(refs, f"RltdPties/{party}Acct/Id/IBAN"),
        remittance=_remittance(refs),
        end_to_end="" if end_to_end in _NOTHING else end_to_end,
        bank_reference=f"{bank}/{place}" if bank not in _NOTHING else "",
        is_return=refs.find("{*}RtrInf") is not None or _text(row, "RvslInd") == "true",
    )


def _remittance(detail: Element) -> str:
    free = [(one.text or "").strip() for one in detail.iterfind("{*}RmtInf/{*}Ustrd")]
    structured = _text(detail, "RmtInf/Strd/CdtrRefInf/Ref")
    return " ".join(filter(None, [*free, structured]))


def _day(row: Element) -> datetime.date:
    text = _text(row, "BookgDt/Dt") or _text(row, "BookgDt/DtTm")
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError as problem:
        raise Unreadable(_("A booking has no day.")) from problem
