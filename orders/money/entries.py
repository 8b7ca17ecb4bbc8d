"""What a statement says, whatever its format: one `Entry` for each booking."""

import dataclasses
import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

MAX_BYTES = 5_000_000
MAX_ENTRIES = 20_000
_MAX_AMOUNT = Decimal("9999999999.99")


class Unreadable(Exception):
    """The file is refused as a whole, with a sentence for staff; nothing was stored."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownLayout(Unreadable):
    """A CSV whose columns nobody knows: staff may say which is which. `columns` are its names."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__(_("The columns of this file are not known. Please say which is which."))
        self.columns = columns


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A booking. `amount` is positive; `bank_reference` is the bank's own, empty without one."""

    booked_on: datetime.date
    amount: Decimal
    is_credit: bool
    currency: str
    payer_name: str = ""
    payer_iban: str = ""
    remittance: str = ""
    end_to_end: str = ""
    bank_reference: str = ""
    is_return: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Statement:
    """A file in our words. `iban` is empty where the file does not name the account."""

    layout: str
    iban: str
    entries: tuple[Entry, ...]
    announced: int  # bookings that the bank has only announced, left out


def signed(text: str, *, is_german: bool) -> Decimal:
    """An amount with exactly two decimals or none. Raises `Unreadable` for what may be another."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("'", "").lstrip("+")
    plain = plain.replace(".", "").replace(",", ".") if is_german else plain.replace(",", "")
    is_number = re.fullmatch(r"-?\d{1,12}(\.\d+)?", plain, re.ASCII)
    amount = Decimal(plain) if is_number else _MAX_AMOUNT + 1
    cents = amount.quantize(Decimal("0.01"))
    if amount != cents or abs(amount) > _MAX_AMOUNT:
        raise Unreadable(_("“%(text)s” is not an amount.") % {"text": text[:40]})
    return cents


def fingerprints(entries: Sequence[Entry], *, account: str) -> list[str]:
    """One for each booking, the same in every file of the same format.

    By the bank's own reference; without one by all that is said, with a running number for
    bookings that are alike within the file.
    """
    seen: Counter[str] = Counter()
    found = []
    for entry in entries:
        said = [account, entry.booked_on.isoformat(), str(entry.amount), str(entry.is_credit)]
        said += [entry.currency, entry.bank_reference]
        if not entry.bank_reference:
            said += [entry.payer_iban, entry.payer_name, entry.remittance, entry.end_to_end]
        whole = _hash(said)
        seen[whole] += 1
        found.append(_hash([whole, str(seen[whole])]))
    return found


def likeness(entry: Entry) -> str:
    """The same for a booking in another format: by day, amount, currency and payer."""
    return _hash(
        [
            entry.booked_on.isoformat(),
            str(entry.amount),
            str(entry.is_credit),
            entry.currency,
        ]
    )


def _hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
