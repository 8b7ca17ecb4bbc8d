"""Addresses to which a case is answered by mail: `reply+s-4kx-7qf9.<seal>@shop.example`.

Servers may write the part before the @ in small letters and cut it after 64 signs, so the token is
short and means the same in any case of letters.
"""

import base64
import datetime
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from support.models import Case, CaseState

_SALT = "support.reply"
_SEAL_SIGNS = 16  # 80 bits
VALID_AFTER_CLOSING = datetime.timedelta(days=90)
_TOKEN = re.compile(r"(s-[a-z0-9]{3}-[a-z0-9]{4})\.([a-z2-7]{16})")


class Unknown(LookupError):
    """No case is answered by this address: forged, ended, or closed too long ago."""


def address_of(case: Case) -> str:
    """The address for answers to `case`; empty where the shop reads no mail."""
    name, at, domain = settings.SUPPORT_REPLY_ADDRESS.partition("@")
    if not at:
        return ""
    return f"{name}+{case.number.lower()}.{_seal(case, settings.SECRET_KEY)}@{domain}"


def token_in(recipient: str) -> str:
    """The token of an address of ours; empty for every other address."""
    name, at, domain = settings.SUPPORT_REPLY_ADDRESS.lower().partition("@")
    local, _at, host = recipient.strip().lower().rpartition("@")
    front, plus, token = local.partition("+")
    return token if at and plus and (front, host) == (name, domain) else ""


def case_of(token: str, *, moment: datetime.datetime) -> Case:
    """The case that is answered. Raises `Unknown`."""
    found = _TOKEN.fullmatch(token.lower())
    case = Case.objects.filter(number=found[1].upper()).first() if found else None
    if found is None or case is None or not _is_sealed(case, found[2]):
        raise Unknown
    # Whoever answers an old mail answers the case in which it goes on.
    whole = case.merged_into or case
    is_over = whole.state == CaseState.CLOSED and whole.closed_at is not None
    if is_over and whole.closed_at < moment - VALID_AFTER_CLOSING:  # type: ignore[operator]
        raise Unknown
    return whole


def _is_sealed(case: Case, seal: str) -> bool:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any([constant_time_compare(_seal(case, one), seal) for one in secrets])


def _seal(case: Case, secret: str) -> str:
    value = f"{case.pk}.{case.access_version}"
    digest = salted_hmac(_SALT, value, secret=secret, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:_SEAL_SIGNS]
