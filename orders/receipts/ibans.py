"""Account numbers: checked by their digits (ISO 13616), shown in groups, shortened in lists."""

import re

# The lengths of the SEPA countries: a digit too few or too many often keeps the remainder.
_LENGTHS = (
    {"AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18}
    | {"EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28}
    | {"IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31}
    | {"NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27}
    | {"VA": 22}
)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


def compact(text: str) -> str:
    """Without spaces, in capitals."""
    return re.sub(r"\s+", "", text).upper()


def is_valid(text: str) -> bool:
    """Is it the IBAN of an account in the SEPA, with the right length and check digits?"""
    iban = compact(text)
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]+", iban, re.ASCII):
        return False
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return len(iban) == _LENGTHS.get(iban[:2]) and int(digits) % 97 == 1


def is_bic(text: str) -> bool:
    """Does it have the form of a BIC (ISO 9362)?"""
    return bool(_BIC.fullmatch(text))


def grouped(iban: str) -> str:
    """In groups of four, as people read it: `DE89 3704 0044 0532 0130 00`."""
    return " ".join(re.findall(".{1,4}", iban))


def shortened(iban: str) -> str:
    """Enough to tell two accounts apart, too little to use: `DE89 … 3000`."""
    return f"{iban[:4]} … {iban[-4:]}" if len(iban) > 8 else iban
