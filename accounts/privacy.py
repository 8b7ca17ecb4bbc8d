"""The rights of a person over their data: a copy (Art. 15 and 20 GDPR), and erasure (Art. 17).

Each app knows its own data and says so in `<app>/personal_data.py`; the settings list them.
"""

import datetime
import importlib
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Customer, PrivacyRequest, PrivacyRequestKind


class StillStaff(Exception):
    """Staff leave their role first: what they did in the admin must stay explicable until then."""


def export_for(customer: Customer) -> dict[str, Any]:
    """Everything that the shop knows about a customer, by app, ready for JSON."""
    return {holder.__name__.split(".")[0]: holder.export(customer) for holder in _holders()}


@transaction.atomic
def erase(customer: Customer, *, moment: datetime.datetime) -> None:
    """Forget a person: all or nothing, and for good.

    The books stay (orders keep what tax law demands), the account stays as an empty row that
    nobody can enter. Raises `StillStaff`.
    """
    if customer.is_staff:
        raise StillStaff
    PrivacyRequest.objects.create(
        customer=customer,
        kind=PrivacyRequestKind.ERASURE,
        requested_at=moment,
        completed_at=moment,
    )
    # The identity goes last: the other apps may still need it to find what is theirs.
    for holder in reversed(_holders()):
        holder.erase(customer)


def _holders() -> list[ModuleType]:
    return [importlib.import_module(name) for name in settings.PERSONAL_DATA_HOLDERS]
