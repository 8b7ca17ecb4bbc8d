"""What staff do with a rate: change it from a day on, look it up and confirm it."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from catalog import categories
from catalog.models import VatRate
from shop.kit import locks


class Refused(Exception):
    """The rate cannot be changed like this; the message says why."""


@transaction.atomic
def change_from(rate: VatRate, *, percent: Decimal, first_day: datetime.date) -> VatRate:
    """End `rate` on the day before `first_day` and let `percent` follow it. Raises `Refused`.

    The successor ends where `rate` would have ended, so a later change that is known already stays.
    """
    row = locks.locked_one(VatRate.objects.all(), pk=rate.pk)
    begins, ends = row.valid.lower, row.valid.upper
    if first_day <= begins:
        raise Refused(_("The change has to come after the first day of this rate."))
    if ends is not None and first_day >= ends:
        raise Refused(_("This rate has ended by then; change the one that follows it."))
    if percent == row.rate:
        raise Refused(_("This is the rate that holds already."))
    row.valid, row.is_from_file = DateRange(begins, first_day), False
    row.save(update_fields=["valid", "is_from_file"])
    follower = VatRate.objects.create(
        country=row.country,
        vat_class=row.vat_class,
        rate=percent,
        valid=DateRange(first_day, ends),
    )
    categories.changed()
    return follower


def confirm(pks: list[int], *, day: datetime.date) -> int:
    """Note that somebody looked these rates up on `day`. Returns how many were open."""
    open_ = VatRate.objects.filter(pk__in=pks, confirmed_on=None)
    return open_.update(confirmed_on=day)


def open_on(day: datetime.date, codes: Iterable[str]) -> list[VatRate]:
    """The rates of these countries that hold on `day` and are still to be looked up."""
    rows = VatRate.objects.filter(country__in=list(codes), valid__contains=day, confirmed_on=None)
    return list(rows.exclude(remark_de="", remark_en="").order_by("country", "vat_class"))
