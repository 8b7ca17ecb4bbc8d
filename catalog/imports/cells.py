"""What stands in a cell: numbers, prices, yes and no, checked; and the guard against formulas."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_GUARDED = re.compile(r"^'+[=+\-@\t\r]")
_NUMBER = re.compile(r"^\d+(\.\d+)?$")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)
MAX_PRICE = Decimal("9999999999.99")
_YES = {"true", "1", "yes", "ja", "wahr", "y", "x"}
_NO = {"false", "0", "no", "nein", "falsch", "n"}


class Wrong(ValueError):
    """A cell says something that cannot be; the message says what."""


def guarded(text: str) -> str:
    """`text` for a cell of an export: a spreadsheet must not take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The opposite of `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def decimal(text: str) -> Decimal:
    """A number that is not negative, with a comma or a point. Raises `Wrong`.

    Where both stand, the last one is the decimal mark. One mark with three digits behind it could
    mean thousands or thousandths, unless a nought stands before it: that is refused.
    """
    plain = re.sub(r"(€|EUR|\s|\u00a0|\u202f)", "", text)
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "." if comma > point else ","
        plain = plain.replace(thousands, "")
    elif plain.count(",") > 1 or plain.count(".") > 1:
        plain = plain.replace(",", "").replace(".", "")
    elif re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        raise Wrong(
            _("“%(text)s” could be thousands or thousandths: write two decimals, or none.")
            % {"text": text}
        )
    plain = plain.replace(",", ".")
    if not _NUMBER.match(plain) or not plain.isascii() or len(plain) > 20:
        raise Wrong(_("“%(text)s” is not a number.") % {"text": text[:60]})
    return Decimal(plain)


def measure(text: str) -> Decimal:
    """A weight or content: as `decimal`, but here three digits are thousandths."""
    plain = text.strip().replace(",", ".")
    if not _NUMBER.match(plain) or not plain.isascii() or len(plain) > 20:
        raise Wrong(_("“%(text)s” is not a number.") % {"text": text[:60]})
    return Decimal(plain)


def price(text: str) -> Decimal:
    """An amount in whole cents. Raises `Wrong`."""
    amount = decimal(text)
    try:
        cents = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        cents = MAX_PRICE + 1
    if cents != amount:
        raise Wrong(_("“%(text)s” has fractions of a cent.") % {"text": text})
    if cents > MAX_PRICE:
        raise Wrong(_("“%(text)s” is too large.") % {"text": text[:60]})
    return cents


def whole(text: str, *, largest: int = 2_147_483_647, smallest: int = 0) -> int:
    """A whole number between `smallest` and `largest`. Raises `Wrong`."""
    plain = text.strip()
    plain = plain[:-2] if plain.endswith((".0", ",0")) else plain
    if not re.fullmatch(r"-?[0-9]{1,12}", plain):
        raise Wrong(_("“%(text)s” is not a whole number.") % {"text": text[:60]})
    number = int(plain)
    if not smallest <= number <= largest:
        raise Wrong(
            _("%(number)d is not between %(smallest)d and %(largest)d.")
            % {"number": number, "smallest": smallest, "largest": largest}
        )
    return number


def yes(text: str) -> bool:
    """Yes or no, in the words that shops and spreadsheets use. Raises `Wrong`."""
    word = text.strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise Wrong(_("“%(text)s” is neither yes nor no.") % {"text": text[:60]})


def moment(text: str) -> datetime.datetime:
    """A day (its midnight in the shop) or a moment in ISO 8601. Raises `Wrong`."""
    try:
        found = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        raise Wrong(_("“%(text)s” is not a date like 2026-12-31.") % {"text": text[:60]}) from None
    if not 1990 <= found.year <= 2200:
        raise Wrong(_("“%(text)s” is not a date like 2026-12-31.") % {"text": text[:60]})
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    return found


def last_moment(text: str) -> datetime.datetime:
    """The end of a period: a day counts as a whole. Raises `Wrong`."""
    found = moment(text)
    return found + datetime.timedelta(days=1) if len(text.strip()) == len("2026-12-31") else found


def gtin(text: str) -> str:
    """8, 12, 13 or 14 digits with the right last one; empty stays empty. Raises `Wrong`."""
    digits = re.sub(r"[\s-]", "", text.strip().lstrip("'"))
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits) or not _adds_up(digits):
        raise Wrong(_("“%(text)s” is not a GTIN.") % {"text": text[:60]})
    return digits


def _adds_up(digits: str) -> bool:
    weighted = (int(d) * (3 if place % 2 else 1) for place, d in enumerate(reversed(digits)))
    return sum(weighted) % 10 == 0


def slug(text: str, length: int = 100) -> str:
    """`text` as a part of an address: umlauts are spelled out. May be empty."""
    return slugify(text.translate(_UMLAUTS))[:length].strip("-")


def is_colour(text: str) -> bool:
    """`#rrggbb`, in small letters as the shop keeps it."""
    return bool(re.fullmatch(r"#[0-9a-f]{6}", text))
