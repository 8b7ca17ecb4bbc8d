"""Numbers with units: read in any unit of a dimension, kept in one, written in a language."""

import functools
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from babel import numbers
from django.utils import translation
from django.utils.translation import gettext as _

PLACES = Decimal("0.0001")
LARGEST = Decimal("999999999999")
_NBSP = "\u00a0"

# Dimension → unit → how many of the first unit of its dimension it is.
DIMENSIONS: Mapping[str, Mapping[str, Decimal]] = {
    "length": {
        "mm": Decimal(1),
        "cm": Decimal(10),
        "dm": Decimal(100),
        "m": Decimal(1000),
        "km": Decimal(1_000_000),
        "in": Decimal("25.4"),
    },
    "area": {"cm²": Decimal(1), "m²": Decimal(10_000)},
    "mass": {
        "mg": Decimal("0.001"),
        "g": Decimal(1),
        "kg": Decimal(1000),
        "t": Decimal(1_000_000),
    },
    "volume": {
        "ml": Decimal(1),
        "cl": Decimal(10),
        "dl": Decimal(100),
        "l": Decimal(1000),
    },
    "surface weight": {"g/m²": Decimal(1)},
    "power": {"mW": Decimal("0.001"), "W": Decimal(1), "kW": Decimal(1000)},
    "energy": {"Wh": Decimal(1), "kWh": Decimal(1000)},
    "light": {"lm": Decimal(1)},
    "colour temperature": {"K": Decimal(1)},
    "voltage": {"mV": Decimal("0.001"), "V": Decimal(1), "kV": Decimal(1000)},
    "charge": {"mAh": Decimal("0.001"), "Ah": Decimal(1)},
    "frequency": {"Hz": Decimal(1), "kHz": Decimal(1000), "MHz": Decimal(1_000_000)},
    "time": {
        "s": Decimal(1),
        "min": Decimal(60),
        "h": Decimal(3600),
        "days": Decimal(86_400),
    },
    "age": {"months": Decimal(1), "years": Decimal(12)},
    "share": {"%": Decimal(1)},
    "temperature": {"°C": Decimal(1)},
    "count": {"pcs": Decimal(1)},
    "pages": {"pages": Decimal(1)},
}
# What people write instead; without regard to case.
_ALIASES = {
    '"': "in", "″": "in", "inch": "in", "inches": "in", "zoll": "in",
    "millimeter": "mm", "zentimeter": "cm", "centimeter": "cm", "centimetre": "cm",
    "centimeters": "cm", "centimetres": "cm", "millimeters": "mm", "millimetres": "mm",
    "meter": "m", "metre": "m", "meters": "m", "metres": "m",
    "cm2": "cm²", "m2": "m²", "qm": "m²", "g/m2": "g/m²", "g/qm": "g/m²", "gsm": "g/m²",
    "gramm": "g", "gram": "g", "grams": "g", "kilo": "kg", "kilogramm": "kg", "kilograms": "kg",
    "kilogram": "kg", "tonne": "t", "tonnes": "t",
    "liter": "l", "litre": "l", "liters": "l", "litres": "l", "ltr": "l", "milliliter": "ml",
    "milliliters": "ml", "millilitres": "ml",
    "watt": "W", "watts": "W", "lumen": "lm", "kelvin": "K", "volt": "V", "volts": "V",
    "sek": "s", "sec": "s", "seconds": "s", "sekunden": "s", "minute": "min", "minuten": "min",
    "minutes": "min", "std": "h", "stunde": "h", "stunden": "h", "hour": "h", "hours": "h",
    "tag": "days", "tage": "days", "day": "days", "monat": "months", "monate": "months",
    "month": "months", "jahr": "years", "jahre": "years", "year": "years",
    "prozent": "%", "percent": "%", "c": "°C", "grad": "°C",
    "stück": "pcs", "stueck": "pcs", "stk": "pcs", "st": "pcs", "piece": "pcs", "pieces": "pcs",
    "pc": "pcs", "seite": "pages", "seiten": "pages", "page": "pages",
}  # fmt: skip
_EXACT = {unit: kind for kind, units in DIMENSIONS.items() for unit in units}
# Of units that differ by case alone (mW, MW) only the exact one is understood.
_FOLDED = {unit.casefold(): unit for unit in _EXACT if unit not in ("mW", "kHz", "MHz")}
_TYPED = re.compile(r"^(?P<number>[-+−]?[\d.,'’\s\u00a0\u202f]*\d)\s*(?P<unit>\D.*)?$")


class Wrong(ValueError):
    """A text that is no value of an attribute; the message says why."""


def known() -> list[str]:
    """The units that can be converted, by dimension."""
    return list(_EXACT)


def dimension(unit: str) -> str:
    """What a unit measures. Units that nobody knows measure themselves: they are never mixed."""
    return _EXACT.get(unit, unit)


def meant(text: str) -> str:
    """The unit that a text names: `Zoll` → `in`; unknown ones stay as they are."""
    text = text.strip()
    if text in _EXACT:
        return text
    folded = text.casefold().rstrip(".")
    return _ALIASES.get(folded) or _FOLDED.get(folded) or text


def parsed(text: str, unit: str) -> Decimal:
    """`text` as a number of `unit`: "1,2 m" is 120 in cm. Raises `Wrong`.

    A number without a unit is one of `unit`. Comma and point are both decimal marks; where both
    stand, the last one is. One mark with three digits behind it could mean thousands: refused.
    """
    match = _TYPED.match(text.strip())
    if not match:
        raise Wrong(_("“%(text)s” is not a number.") % {"text": text.strip()[:60]})
    number = _number(match["number"])
    given = meant(match["unit"] or unit)
    if given != unit:
        number = converted(number, given, unit)
    return checked(number)


def converted(number: Decimal, given: str, unit: str) -> Decimal:
    """A number of `given` as one of `unit`. Raises `Wrong` where they measure different things."""
    if dimension(given) != dimension(unit) or given not in _EXACT:
        if not unit:
            raise Wrong(_("“%(given)s”: this number has no unit.") % {"given": given[:20]})
        facts = {"given": given[:20], "unit": unit}
        raise Wrong(_("“%(given)s” cannot be converted to %(unit)s.") % facts)
    factors = DIMENSIONS[_EXACT[unit]]
    return number * factors[given] / factors[unit]


def checked(number: Decimal) -> Decimal:
    """`number` with the four decimals that are kept, half up. Raises `Wrong`."""
    if not number.is_finite() or abs(number) > LARGEST:
        raise Wrong(_("The number is too large."))
    kept = number.quantize(PLACES, rounding=ROUND_HALF_UP)
    if number and not kept:
        raise Wrong(_("The number is too small."))
    return kept


def _number(text: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f'’+]", "", text).replace("−", "-")
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        plain = plain.replace("." if comma > point else ",", "")
    elif plain.count(",") > 1 or plain.count(".") > 1:
        plain = plain.replace(",", "").replace(".", "")
    elif re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", plain):
        raise Wrong(
            _("“%(text)s” could be thousands or thousandths: write two decimals, or none.")
            % {"text": text}
        )
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,20}(\.\d{1,20})?", plain) or not plain.isascii():
        raise Wrong(_("“%(text)s” is not a number.") % {"text": text.strip()[:60]})
    return Decimal(plain)


def plain(number: Decimal, mark: str = ".") -> str:
    """A number for a file or a field, read back by `parsed` as the same; no needless noughts."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if len(text.partition(".")[2]) == 3:
        text += "0"  # Three decimals could be thousands.
    return text.replace(".", mark)


@functools.lru_cache(maxsize=4096)
def formatted(number: Decimal, unit: str, language: str) -> str:
    """The number as people read it in `language`: "1.200 g", "40 %" (German), "40%" (English)."""
    text = str(numbers.format_decimal(number, format="#,##0.####", locale=language))
    if not unit:
        return text
    is_close = unit == "in" or (unit == "%" and language == "en")
    return f"{text}{'' if is_close else _NBSP}{name(unit, language)}"


def name(unit: str, language: str) -> str:
    """How a unit is written in `language`; most are the same everywhere."""
    with translation.override(language):
        words = {
            "pcs": _("pcs"),
            "pages": _("pages"),
            "days": _("days"),
            "months": _("months"),
            "years": _("years"),
            "in": "″",
        }
    return words.get(unit, unit)
