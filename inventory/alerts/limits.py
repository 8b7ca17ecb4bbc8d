"""How often may be asked: counted for a visitor and for an address, told to nobody.

Only hashes are kept, and only for an hour or a day.
"""

import hashlib

from django.core.cache import cache

PER_VISITOR, VISITOR_SECONDS = 10, 3600
PER_ADDRESS, ADDRESS_SECONDS = 5, 24 * 3600


def allows(visitor: str, address: str) -> bool:
    """Count this request. Is it within the limits of the visitor (an IP) and of the address?"""
    by_visitor = _count("visitor", visitor, VISITOR_SECONDS)
    by_address = _count("address", address.strip().lower(), ADDRESS_SECONDS)
    return by_visitor <= PER_VISITOR and by_address <= PER_ADDRESS


def _count(kind: str, who: str, seconds: int) -> int:
    key = f"alerts.{kind}.{hashlib.sha256(who.encode()).hexdigest()}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # It ran out in this very moment.
        return 1
