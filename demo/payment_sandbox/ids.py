"""Identifiers that look like Stripe's."""

import secrets
import string

_LETTERS = string.ascii_letters + string.digits
_LENGTHS = {"cs_test": 58, "req": 14}


def new(prefix: str) -> str:
    """A fresh random identifier such as ``pi_3kT…``; nobody can guess it."""
    length = _LENGTHS.get(prefix, 24)
    return prefix + "_" + "".join(secrets.choice(_LETTERS) for _ in range(length))


def secret_of(identifier: str) -> str:
    """A client secret for the object with this identifier."""
    return f"{identifier}_secret_" + "".join(secrets.choice(_LETTERS) for _ in range(25))
