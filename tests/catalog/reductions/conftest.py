import datetime
from decimal import Decimal

import pytest

from catalog.models import Reduction, ReductionStep
from catalog.reductions import writing
from tests.making import NOON


def day(number):
    return NOON + datetime.timedelta(days=number)


def make_reduction(*steps, kind="percent", until=20, **scope):
    """A draft; each step is a day and what it gives."""
    reduction = Reduction.objects.create(name="Winter", kind=kind, ends_at=day(until), **scope)
    for start, value in steps:
        ReductionStep.objects.create(
            reduction=reduction, starts_at=day(start), value=Decimal(value)
        )
    return reduction


def work(reduction, moment=NOON):
    """What the worker does after a wake-up."""
    while writing.step(reduction.pk, moment=moment):
        pass
    reduction.refresh_from_db()
    return reduction


def apply(reduction, moment=NOON):
    writing.begin(reduction, moment=moment)
    return work(reduction, moment)


@pytest.fixture
def shelf(db):
    """A product whose category everything of a test is put into."""
    from tests.making import make_product

    return make_product("lamp")
