"""What accounts know about a customer (Art. 15, 17 and 20 GDPR)."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Now
from django.forms.models import model_to_dict

from accounts.models import (
    Address,
    AuditEntry,
    Consent,
    Customer,
    GroupMember,
    PrivacyRequest,
)
from shop.kit import ids


def export(customer: Customer) -> dict[str, Any]:
    """Identity, e-mail addresses, address book, groups, consents and earlier requests."""
    return {
        "email": customer.email,
        "name": customer.name,
        "language": customer.language,
        "created_at": customer.created_at.isoformat(),
        "email_addresses": list(
            EmailAddress.objects.filter(user=customer)
            .order_by("pk")
            .values("email", "verified", "primary")
        ),
        "addresses": [
            model_to_dict(address, exclude=["id", "customer"])
            for address in Address.objects.filter(customer=customer).order_by("pk")
        ],
        "groups": list(
            GroupMember.objects.filter(customer=customer)
            .order_by("pk")
            .values_list("group__code", flat=True)
        ),
        "consents": [_consent(row) for row in customer.consents.order_by("pk")],
        "privacy_requests": [_request(row) for row in customer.privacy_requests.order_by("pk")],
        "second_factors": list(
            Authenticator.objects.filter(user=customer)
            .order_by("pk")
            .values("type", "created_at", "last_used_at")
        ),
        "acts_as_staff": [
            {"at": at.isoformat(), "act": act, "page": page}
            for at, act, page in AuditEntry.objects.filter(actor=customer)
            .order_by("number")
            .values_list("at", "act", "page")
        ],
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "purpose": row.purpose,
        "wording": row.wording,
        "source": row.source,
        "granted_at": row.granted_at.isoformat(),
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
    }


def _request(row: PrivacyRequest) -> dict[str, Any]:
    return {"kind": row.kind, "requested_at": row.requested_at.isoformat()}


def erase(customer: Customer) -> None:
    """Replace the identity by a random one and end the consents.

    Consents and requests stay, now about nobody, as proof that the shop acted lawfully; so does
    what somebody did as staff, until the audit log is trimmed. The new password hash ends every
    session of the account.
    """
    Address.objects.filter(customer=customer).delete()
    GroupMember.objects.filter(customer=customer).delete()
    EmailAddress.objects.filter(user=customer).delete()
    Authenticator.objects.filter(user=customer).delete()
    Consent.objects.filter(customer=customer, withdrawn_at__isnull=True).update(withdrawn_at=Now())
    _erase_from_admin_history(customer)
    customer.email = f"{ids.secret_token().lower()}@erased.invalid"
    customer.name = ""
    customer.is_active = False
    customer.last_login = None
    customer.set_unusable_password()
    customer.save()


def _erase_from_admin_history(customer: Customer) -> None:
    """The admin's history names what it was about: here the e-mail address."""
    content_type = ContentType.objects.get_for_model(Customer)
    LogEntry.objects.filter(content_type=content_type, object_id=str(customer.pk)).update(
        object_repr="", change_message=""
    )
