"""How often something may be done: counted in the cache, for a visitor, an address, a network.

Counters hold hashes and numbers only, and go by themselves when their time is over. A window
begins with the first try in it and is not made longer by what is refused in it. While the cache
server is away each process counts for itself (`shop.cache`): limits are wider then, and nobody is
refused wrongly.

A limit on failures (a guessed code) counts each try by `allows` and takes the good ones back by
`give_back`: looking first and counting later would let tries at the same time through.
"""

import dataclasses
import hashlib
import ipaddress
import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

log = logging.getLogger(__name__)

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@dataclasses.dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds`. The `name` is unique in the shop: `coupons.network`."""

    name: str
    most: int
    seconds: int


type Asked = tuple[Limit, str]


def allows(*asked: Asked) -> bool:
    """Count this try for all of `asked`, pairs of a limit and whom it counts. Is it within all?

    Of tries at the same time no more pass than the limit says. An empty "whom" is not counted:
    people whom we cannot tell apart must not stand in each other's way.
    """
    return all([_count(limit, who) <= limit.most for limit, who in asked if who])


def is_spent(*asked: Asked) -> bool:
    """Would one more try be refused? Counts nothing."""
    return any(int(cache.get(_key(limit, who), 0)) >= limit.most for limit, who in asked if who)


def give_back(*asked: Asked) -> None:
    """Take back one counted try of each: it was a good one, and only bad ones are to be few."""
    for limit, who in asked:
        if who:
            try:
                if int(cache.incr(_key(limit, who), -1)) < 0:  # A new window began in between.
                    cache.incr(_key(limit, who), 1)
            except ValueError:  # Its time is over.
                continue


def address_of(request: HttpRequest) -> str:
    """Where the visitor comes from: the IPv4 address, or the /64 that is one visitor's in IPv6.

    Empty when it cannot be told. Behind proxies it is what the last trusted one saw
    (`TRUSTED_PROXY_COUNT`), so a forged header changes nothing.
    """
    return _network(request, of_ipv4=32)


def network_of(request: HttpRequest) -> str:
    """The neighbourhood of the visitor: /24 of IPv4, /64 of IPv6; empty as `address_of`."""
    return _network(request, of_ipv4=24)


def _network(request: HttpRequest, *, of_ipv4: int) -> str:
    try:
        found = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied) as problem:
        log.warning("no address to count limits by: %s", type(problem).__name__)
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    length = of_ipv4 if found.version == 4 else 64
    return str(ipaddress.ip_network((found, length), strict=False))


def _count(limit: Limit, who: str) -> int:
    key = _key(limit, who)
    if cache.add(key, 1, limit.seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # It ran out in this very moment.
        cache.add(key, 1, limit.seconds)
        return 1


def _key(limit: Limit, who: str) -> str:
    digest = hashlib.sha256(who.strip().lower().encode()).hexdigest()
    return f"limit.{limit.name}.{digest}"
