"""Who somebody is: opening an account."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer


class EmailTaken(Exception):
    """There is an account with this address. Never tell a visitor: they could try out addresses."""

    message = _("There is already an account with this e-mail address.")


def register(
    email: str,
    *,
    password: str | None,
    language: str,
    name: str = "",
    is_verified: bool = False,
) -> Customer:
    """Open an account; without a password it is entered by code.

    `is_verified` says that the mailbox has been proved; otherwise allauth asks for the proof at
    the first sign-in. Raises `EmailTaken` and, without an address, `ValueError`.
    """
    try:
        with transaction.atomic():
            customer = Customer.objects.create_user(email, password, name=name, language=language)
            EmailAddress.objects.create(
                user=customer, email=customer.email, verified=is_verified, primary=True
            )
    except IntegrityError as problem:
        if _is_known(email):
            raise EmailTaken from problem
        raise
    return customer


def _is_known(email: str) -> bool:
    """Addresses that a customer added and proved count, too."""
    return (
        Customer.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
    )
