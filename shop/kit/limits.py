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
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

log = logging.getLogger(__name__)

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
# Networks that never reach the internet: an address in them is a proxy's, or a neighbour's.
_OURS = [
    ipaddress.ip_network(one)
    for one in ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
]


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
    return any(used(limit, who) >= limit.most for limit, who in asked)


def used(limit: Limit, who: str) -> int:
    """How many tries are counted at the moment."""
    return int(cache.get(_key(limit, who), 0)) if who else 0


def give_back(*asked: Asked) -> None:
    """Take back one counted try of each: it was a good one, and only bad ones are to be few."""
    for limit, who in asked:
        if who:
            _take_back(_key(limit, who))


def _take_back(key: str) -> None:
    try:
        if int(cache.incr(key, -1)) < 0:  # A new window began in between.
            cache.incr(key, 1)
    except ValueError:  # Its time is over.
        return


def hold(name: str, *asked: Asked) -> None:
    """Remember under `name` what was counted for something whose end is still open.

    When it ends well, `release` gives all of it back; else it runs out with its windows.
    """
    key = _held(name)
    kept = {_key(limit, who) for limit, who in asked if who} | set(cache.get(key, ()))
    longest = max((limit.seconds for limit, _who in asked), default=DAY)
    cache.set(key, sorted(kept), longest)


def release(name: str) -> None:
    """Give back what was held under `name`; once, however often it is called."""
    key = _held(name)
    kept = cache.get(key, ())
    if kept and cache.delete(key):
        for counter in kept:
            _take_back(counter)


def address_of(request: HttpRequest) -> str:
    """Where the visitor comes from: the IPv4 address, or the /64 that is one visitor's in IPv6.

    Empty when it cannot be told: also behind a proxy of our own that nobody said to trust, where
    all visitors would be one. Behind proxies it is what the last trusted one saw
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
    if _is_unknown_proxy(found, request):
        log.warning("no address to count limits by: TRUSTED_PROXY_COUNT is 0 behind a proxy")
        return ""
    length = of_ipv4 if found.version == 4 else 64
    return str(ipaddress.ip_network((found, length), strict=False))


def _is_unknown_proxy(
    found: ipaddress.IPv4Address | ipaddress.IPv6Address, request: HttpRequest
) -> bool:
    is_ours = found.is_loopback or any(
        found in one for one in _OURS if one.version == found.version
    )
    is_passed_on = "X-Forwarded-For" in request.headers
    return is_ours and is_passed_on and not settings.ALLAUTH_TRUSTED_PROXY_COUNT


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
    return f"limit.{limit.name}.{_digest(who)}"


def _held(name: str) -> str:
    return f"limit-held.{_digest(name)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().lower().encode()).hexdigest()
