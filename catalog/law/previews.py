"""Looking ahead: a page as staff ask for it, which no shopper sees like that."""

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Customer
from catalog.models import Product


def asked_for(
    parameters: Any, user: Customer | AnonymousUser, now: datetime.datetime
) -> datetime.datetime | None:
    """As of when `user` wants to look (`?preview=2026-12-01T08:00`); `None`: like a shopper.

    What is no moment means now. Only who may see products in the admin gets anything.
    """
    wanted = parameters.get("preview")
    if wanted is None or not user.has_perm("catalog.view_product"):
        return None
    try:
        found = parse_datetime(wanted)
    except ValueError:
        return now
    if found is None:
        return now
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def notice(product: Product, moment: datetime.datetime) -> str:
    """What stands above the page: as of when, and whether shoppers see it then."""
    day = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    if product.is_live(moment):
        return _("Preview as of %(day)s. Shoppers see it then.") % {"day": day}
    return _("Preview as of %(day)s. Shoppers do not see this page then.") % {"day": day}
