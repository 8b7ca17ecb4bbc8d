"""Names as lists sort them."""

import unicodedata


def key(name: str) -> str:
    """A name without case and accents: umlauts sort beside their vowels, ß as ss."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))[:120]
