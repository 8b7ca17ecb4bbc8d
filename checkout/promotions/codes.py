"""Codes of coupons, read however they are typed. New ones are made by `shop.kit.ids`."""

import unicodedata

MAX_LENGTH = 40
# Read aloud or copied from paper these are taken for each other.
_LOOK_ALIKES = str.maketrans("OILSZBV", "011528U")


def key(text: str) -> str:
    """What is compared: capitals and digits alone, look-alikes made one; empty for none.

    `sommer-10`, `SOMMER 10` and `S0MMER1O` have one key. At most `MAX_LENGTH` characters count, so
    a longer text is no code at all.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(one for one in plain if one.isalnum()).translate(_LOOK_ALIKES)
    return letters if len(letters) <= MAX_LENGTH else ""
