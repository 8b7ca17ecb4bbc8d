"""The European Union, and those parts of its countries where its VAT does not hold.

Directive 2006/112/EC, Art. 5 to 7; Regulation (EU) 952/2013, Art. 4. A parcel to one of them is an
export with customs papers, which this shop does not write: refused by postcode, with the name.
"""

import dataclasses
import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EU = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)


@dataclasses.dataclass(frozen=True, slots=True)
class Territory:
    """Addresses that are written with `country` but lie outside its VAT."""

    country: str
    postcodes: str
    name: str | Promise


TERRITORIES = (
    Territory("DE", r"78266", "Büsingen am Hochrhein"),
    Territory("DE", r"27498", gettext_lazy("Heligoland")),
    Territory("ES", r"(35|38)\d{3}", gettext_lazy("the Canary Islands")),
    Territory("ES", r"51\d{3}", "Ceuta"),
    Territory("ES", r"52\d{3}", "Melilla"),
    Territory("IT", r"23041", "Livigno"),
    Territory("IT", r"22061", "Campione d’Italia"),
    Territory("IT", r"4789\d", "San Marino"),
    Territory("IT", r"00120", gettext_lazy("the Vatican")),
    Territory("FR", r"97\d{3}|98[4-8]\d{2}", gettext_lazy("overseas France")),
    Territory("GR", r"6308[67]", gettext_lazy("Mount Athos")),
    Territory("FI", r"22\d{3}", gettext_lazy("Åland")),
    Territory("DK", r"39\d{2}", gettext_lazy("Greenland")),
    Territory("DK", r"\d{3}", gettext_lazy("the Faroe Islands")),
    Territory("IE", r"BT\d.*", gettext_lazy("Northern Ireland")),
    Territory("CY", r"99\d{3}", gettext_lazy("northern Cyprus")),
)


def problem(country: str, postcode: str) -> str:
    """Why nothing is sent to this postcode of an EU country; empty where nothing is in the way."""
    plain = re.sub(r"[\s-]", "", postcode).upper()
    for one in TERRITORIES:
        if one.country == country and re.fullmatch(one.postcodes, plain, re.ASCII):
            return _(
                "We cannot deliver to %(place)s: it lies outside the VAT area of the European"
                " Union, and we do not write customs papers."
            ) % {"place": one.name}
    return ""
