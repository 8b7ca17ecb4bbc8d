"""Where the VAT of the EU holds: its member states, without the places that stand outside."""

import re

MEMBERS = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
# Art. 6 Directive 2006/112/EC, by postcode.
_OUTSIDE = {
    "DE": r"27498|78266",  # Helgoland, Büsingen
    "DK": r"39\d\d",  # Greenland
    "ES": r"(35|38|51|52)\d{3}",  # Canary Islands, Ceuta, Melilla
    "FI": r"22\d{3}",  # Åland
    "FR": r"97\d{3}|98[4-8]\d\d",  # overseas
    "GR": r"6308[67]",  # Mount Athos
    "IT": r"23041|22061",  # Livigno, Campione d'Italia
}


def is_member(country: str) -> bool:
    """Is this a member state? `GR` is Greece, as in addresses."""
    return country in MEMBERS


def is_outside(country: str, postcode: str) -> bool:
    """Does this place of a member state lie outside the VAT territory of the EU?"""
    pattern = _OUTSIDE.get(country)
    return bool(pattern and re.fullmatch(pattern, re.sub(r"\s", "", postcode)))
