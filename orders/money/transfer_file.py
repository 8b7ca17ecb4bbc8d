"""Transfers as a file for the bank: SEPA credit transfer, pain.001.001.09."""

import datetime
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring  # written, never parsed

from orders.models import BankTransfer
from orders.receipts.transfers import Account

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
_ALLOWED = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")


def pain_001(
    transfers: Sequence[BankTransfer], account: Account, *, moment: datetime.datetime
) -> bytes:
    """The file: all transfers from `account`, to be carried out on the day of `moment`."""
    root = Element("Document", xmlns=NAMESPACE)
    body = SubElement(root, "CstmrCdtTrfInitn")
    number = f"KONTOR-{moment:%Y%m%d%H%M%S}"
    count, total = str(len(transfers)), _sum(transfers)
    _tree(
        SubElement(body, "GrpHdr"),
        {
            "MsgId": number,
            "CreDtTm": moment.replace(microsecond=0, tzinfo=None).isoformat(),
            "NbOfTxs": count,
            "CtrlSum": total,
            "InitgPty": {"Nm": clean(account.holder, 70)},
        },
    )
    info = SubElement(body, "PmtInf")
    agent = {"BICFI": account.bic} if account.bic else {"Othr": {"Id": "NOTPROVIDED"}}
    _tree(
        info,
        {
            "PmtInfId": number,
            "PmtMtd": "TRF",
            "NbOfTxs": count,
            "CtrlSum": total,
            "PmtTpInf": {"SvcLvl": {"Cd": "SEPA"}},
            "ReqdExctnDt": {"Dt": moment.date().isoformat()},
            "Dbtr": {"Nm": clean(account.holder, 70)},
            "DbtrAcct": {"Id": {"IBAN": account.iban}},
            "DbtrAgt": {"FinInstnId": agent},
            "ChrgBr": "SLEV",
        },
    )
    for transfer in transfers:
        _transfer(info, transfer)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _sum(transfers: Sequence[BankTransfer]) -> str:
    return str(sum((one.amount for one in transfers), Decimal(0)))


def _transfer(info: Element, transfer: BankTransfer) -> None:
    node = SubElement(info, "CdtTrfTxInf")
    _tree(node, {"PmtId": {"EndToEndId": transfer.end_to_end}})
    amount = SubElement(SubElement(node, "Amt"), "InstdAmt", Ccy="EUR")
    amount.text = str(transfer.amount)
    _tree(
        node,
        {
            "Cdtr": {"Nm": clean(transfer.name, 70) or "-"},
            "CdtrAcct": {"Id": {"IBAN": transfer.iban}},
            "RmtInf": {"Ustrd": clean(transfer.reference, 140)},
        },
    )


def _tree(node: Element, parts: dict[str, object]) -> None:
    for name, part in parts.items():
        child = SubElement(node, name)
        if isinstance(part, dict):
            _tree(child, part)
        else:
            child.text = str(part)


def clean(text: str, length: int) -> str:
    """Only the letters that every bank of the SEPA takes (EPC217-08)."""
    plain = unicodedata.normalize("NFKD", text.translate(_GERMAN))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "".join(sign if sign in _ALLOWED else "." for sign in plain)[:length].strip()
