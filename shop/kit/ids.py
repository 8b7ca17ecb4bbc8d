"""Numbers and tokens that are handed out."""

import secrets
import uuid

# No 0/O, 1/I/L, 5/S, 2/Z, 8/B, U/V: read aloud on the phone, they stay what they are.
_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def order_number() -> str:
    """A short number that tells nothing about how many orders there are (23^9 ≈ 1.8e12)."""
    return f"K-{_body()}"


def withdrawal_number() -> str:
    """What a declaration of withdrawal is called in the talk with the customer."""
    return f"W-{_body()}"


def _body() -> str:
    body = "".join(secrets.choice(_ALPHABET) for _ in range(9))
    return f"{body[:3]}-{body[3:6]}-{body[6:]}"


def case_number() -> str:
    """The number of a case, as short as one reads it out: `S-4KX-7QF9` (23^7 ≈ 3.4e9)."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(7))
    return f"S-{body[:3]}-{body[3:]}"


def coupon_code() -> str:
    """A code that nobody guesses (23^18 ≈ 2^81), in groups to copy: `ACDEFG-HJKMNP-QRTWXY`."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(18))
    return f"{body[:6]}-{body[6:12]}-{body[12:]}"


def form_key() -> str:
    """A name for one showing of a form, so that sending it twice is known for what it is."""
    return str(uuid.uuid4())


def secret_token() -> str:
    """192 random bits, safe in URLs and cookies."""
    return secrets.token_urlsafe(24)
