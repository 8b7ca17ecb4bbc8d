"""What customers agreed to, with proof (Art. 7 (1) GDPR)."""

import datetime

from django.db import transaction

from accounts.models import Consent, ConsentPurpose, Customer


@transaction.atomic
def grant(
    customer: Customer,
    purpose: ConsentPurpose,
    *,
    wording: str,
    source: str,
    moment: datetime.datetime,
) -> Consent:
    """Note that the customer agreed to `purpose`, in these words, at this place of the shop.

    A consent that is in force already stays the proof and is returned unchanged.
    """
    Consent.objects.bulk_create(
        [
            Consent(
                customer=customer,
                purpose=purpose,
                wording=wording,
                source=source,
                granted_at=moment,
            )
        ],
        ignore_conflicts=True,
    )
    return Consent.objects.get(customer=customer, purpose=purpose, withdrawn_at__isnull=True)


def withdraw(customer: Customer, purpose: ConsentPurpose, *, moment: datetime.datetime) -> bool:
    """End the consent; the row stays as proof of the time before. Returns whether there was one."""
    in_force = Consent.objects.filter(customer=customer, purpose=purpose, withdrawn_at__isnull=True)
    return bool(in_force.update(withdrawn_at=moment))


def is_granted(customer: Customer, purpose: ConsentPurpose) -> bool:
    """May the shop do this now?"""
    return Consent.objects.filter(
        customer=customer, purpose=purpose, withdrawn_at__isnull=True
    ).exists()
