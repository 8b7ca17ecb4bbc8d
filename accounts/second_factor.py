"""The second factor of an account: allauth's, with secrets that only the shop's key opens."""

import base64
import hashlib

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from accounts.models import Customer

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Whoever reads the database alone cannot compute anybody's codes."""

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises `cryptography.fernet.InvalidToken` when no key of the shop fits."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "Kontor"


def _keys() -> MultiFernet:
    """The first one locks, all of them open: so SECRET_KEY can be changed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second-factor:{one}".encode()).digest() for one in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in digests])


def is_enrolled(person: Customer) -> bool:
    """Does the account have a second factor? Recovery codes alone are none."""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def is_shown(request: HttpRequest, person: Customer) -> bool:
    """Was the second factor shown in this session, at sign-in or later?"""
    records = get_authentication_records(request, person)
    return any(one.get("method") == "mfa" for one in records)
