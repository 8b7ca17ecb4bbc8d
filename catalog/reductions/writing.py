"""Catalogue promotions become price rows, in the background and in slices; and go again.

draft → applying → applied → ending → ended. Each slice is a transaction that can be begun again:
a variant that has a price of the promotion is never touched a second time.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from catalog import pricing, products
from catalog.bundles import periods as bundle_periods
from catalog.models import Bundle, BundlePricing, Price, PriceKind, Reduction, ReductionState
from catalog.reductions import planning, scope
from shop.kit import locks

TASK = "catalog.jobs.write_reduction"
AT_ONCE = 1000
_MAY = {
    ReductionState.APPLYING: (ReductionState.DRAFT, ReductionState.APPLIED),
    ReductionState.ENDING: (ReductionState.APPLYING, ReductionState.APPLIED),
}


class NotNow(ValueError):
    """The promotion is in a state in which this cannot be done."""


def begin(reduction: Reduction, *, moment: datetime.datetime) -> None:
    """Write its prices: all of a draft, of an applied one those of goods that came later.

    Raises `NotNow` for one that is at work, or over.
    """
    if reduction.ends_at <= moment:
        raise NotNow(_("The time of this promotion is over."))
    _move(reduction, ReductionState.APPLYING)


def end(reduction: Reduction) -> None:
    """Take back its prices: planned ones go, those in force end. Raises `NotNow`."""
    _move(reduction, ReductionState.ENDING)


def _move(reduction: Reduction, state: ReductionState) -> None:
    rows = Reduction.objects.filter(pk=reduction.pk, state__in=_MAY[state])
    if not rows.update(state=state, done_up_to=0):
        raise NotNow(_("Somebody has changed this meanwhile. Please look again."))
    wake(reduction.pk)


def wake(pk: int) -> None:
    """Ask a worker to go on after commit; a job finds it if this gets lost."""
    transaction.on_commit(
        lambda: current_app.send_task(TASK, kwargs={"reduction_pk": pk}), robust=True
    )


def at_work() -> list[int]:
    """The promotions whose prices are being written or taken back."""
    rows = Reduction.objects.filter(state__in=[ReductionState.APPLYING, ReductionState.ENDING])
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def step(reduction_pk: int, *, moment: datetime.datetime) -> bool:
    """The next slice: at most `AT_ONCE` variants, in a fixed number of statements.

    Returns whether there may be more. Raises `IntegrityError` where staff set a price of one of
    them in the same moment; nothing was written then, and the next try sees that price.
    """
    reduction = locks.locked_one(Reduction.objects.all(), pk=reduction_pk)
    if reduction.state == ReductionState.APPLYING:
        return _apply(reduction, moment)
    if reduction.state == ReductionState.ENDING:
        return _take_back(reduction, moment)
    return False


def _apply(reduction: Reduction, moment: datetime.datetime) -> bool:
    rows = scope.untouched(reduction).filter(pk__gt=reduction.done_up_to).order_by("pk")
    found = list(rows.values_list("pk", "product_id", "minimum_gross")[:AT_ONCE])
    if not found:
        _settle(reduction, ReductionState.APPLIED)
        return False
    plans = plans_of(reduction, {pk: minimum for pk, _product, minimum in found}, moment=moment)
    made = [
        Price(
            variant_id=pk,
            kind=PriceKind.SALE,
            gross=span.gross,
            valid=DateTimeTZRange(span.start, span.end),
            reduction=reduction,
        )
        for pk, plan in plans.items()
        for span in plan.spans
    ]
    Price.objects.bulk_create(made)
    changed = {price.variant_id for price in made}
    if made:
        _tell(
            [pk for pk in plans if pk in changed],
            {product for pk, product, _minimum in found if pk in changed},
            since=min(price.valid.lower for price in made),
        )
    reduction.done_up_to = found[-1][0]
    reduction.save(update_fields=["done_up_to"])
    return True


def plans_of(
    reduction: Reduction, minimums: dict[int, Any], *, moment: datetime.datetime
) -> dict[int, planning.Plan]:
    """What would become of each of these variants, with its minimum price; three statements."""
    offer = planning.offer_of(reduction)
    periods, _currency = pricing.periods_of(minimums)
    summed = _summed(list(minimums))
    return {
        pk: planning.Plan(obstacle=planning.Obstacle.SUMMED)
        if pk in summed
        else planning.plan(offer, periods.get(pk, []), minimum=minimum, moment=moment)
        for pk, minimum in minimums.items()
    }


def _summed(variant_ids: Sequence[int]) -> set[int]:
    rows = Bundle.objects.filter(pk__in=variant_ids, pricing=BundlePricing.SUMMED)
    return set(rows.values_list("pk", flat=True))


def _take_back(reduction: Reduction, moment: datetime.datetime) -> bool:
    ahead = Price.objects.filter(reduction=reduction, valid__endswith__gt=moment)
    pairs = ahead.order_by("variant").values_list("variant", "variant__product").distinct()
    found = list(pairs[:AT_ONCE])
    if not found:
        _settle(reduction, ReductionState.ENDED)
        return False
    rows = ahead.filter(variant__in=[variant for variant, _product in found])
    rows.filter(valid__startswith__gte=moment).delete()
    lower = Func(F("valid"), function="lower")
    rows.update(valid=Func(lower, Value(moment), function="tstzrange"))
    _tell([variant for variant, _product in found], {one for _v, one in found}, since=moment)
    return True


def _settle(reduction: Reduction, state: ReductionState) -> None:
    reduction.state, reduction.done_up_to = state, 0
    reduction.save(update_fields=["state", "done_up_to"])


def _tell(variant_ids: Sequence[int], product_ids: set[int], *, since: datetime.datetime) -> None:
    bundle_periods.follow_all(variant_ids, since=since)
    products.touch(sorted(product_ids))
