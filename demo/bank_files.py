"""A statement as the demo's bank would give it: CAMT.053.001.08, made-up payers."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape  # written, never parsed

from demo import merchant

_PAYERS = (
    ("Wiebke Lorenzen", "DE93999999990000000001"),
    ("Tom Brandt", "DE56999999992000000017"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """Money that came, in euros, with what its payer wrote."""

    amount: Decimal
    text: str


def statement(lines: Sequence[Line], *, moment: datetime.datetime) -> bytes:
    """The file. The bank's references come from day and place, so the same lines are the same."""
    day = moment.date().isoformat()
    entries = "".join(_entry(line, day, number) for number, line in enumerate(lines, start=1))
    iban = merchant.BANK["MERCHANT_BANK_IBAN"]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>{day}</MsgId><CreDtTm>{day}T08:00:00</CreDtTm></GrpHdr>
<Stmt><Id>{day}</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>
{entries}</Stmt></BkToCstmrStmt></Document>
""".encode()


def _entry(line: Line, day: str, number: int) -> str:
    name, iban = _PAYERS[number % len(_PAYERS)]
    return f"""<Ntry><Amt Ccy="EUR">{line.amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
 <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
 <AcctSvcrRef>{day}-{escape(line.text[:20])}-{number}</AcctSvcrRef><NtryDtls><TxDtls>
 <Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
 <RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>
 <DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct></RltdPties>
 <RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
