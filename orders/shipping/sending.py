"""Many orders at once: tracking numbers in, parcels out; the good ones go through."""

import dataclasses
import datetime
from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import fulfilments
from orders.carriers import formats, recognising
from orders.models import AddressKind, CarrierChoice, Fulfilment, Order, OrderAddress

# Carriers give a number out again after some months, not before.
_REUSED_AFTER = datetime.timedelta(days=90)


class BadNumber(Exception):
    """A sentence for staff: why this number is not taken."""


@dataclasses.dataclass(slots=True)
class Outcome:
    """What was sent, and by order id why not."""

    sent: list[Fulfilment] = dataclasses.field(default_factory=list)
    problems: dict[int, str] = dataclasses.field(default_factory=dict)


def send(
    numbers: Mapping[int, str],
    *,
    doubtful: str = "",
    by: Customer | None,
    moment: datetime.datetime,
) -> Outcome:
    """Ship all that is left of each order (id → tracking number), each in its own transaction.

    The carrier is read from the number; where several fit, that of the delivery method, else
    `doubtful` (a code) is taken.
    """
    outcome = Outcome()
    orders = Order.objects.filter(pk__in=numbers).order_by("placed_at", "pk")
    seen: dict[str, str] = {}
    for order in orders:
        try:
            code, number = carrier_of(order, numbers[order.pk], doubtful=doubtful)
            _refuse_known(number, seen, moment)
            parcel = fulfilments.ship(
                order, carrier=code, tracking_number=number, by=by, moment=moment
            )
        except (BadNumber, fulfilments.NotShippable) as problem:
            outcome.problems[order.pk] = str(problem)
        else:
            seen[number] = order.number
            outcome.sent.append(parcel)
    return outcome


def carrier_of(order: Order, typed: str, *, doubtful: str = "") -> tuple[str, str]:
    """Code of the carrier and cleaned number. Raises `BadNumber` when nobody or several fit."""
    address = OrderAddress.objects.filter(order=order, kind=AddressKind.DELIVERY).first()
    found = recognising.recognise(typed, country=address.country if address else "")
    if found.carrier:
        return found.carrier, found.number
    chosen = CarrierChoice.objects.filter(method=order.delivery_method)
    wanted = [*chosen.values_list("carrier_code", flat=True), doubtful]
    for code in wanted:
        if code in found.candidates:
            return code, found.number
    if found.candidates:
        names = ", ".join(formats.name_of(code) for code in found.candidates)
        raise BadNumber(_("Several carriers have such numbers: %(names)s.") % {"names": names})
    if doubtful in formats.CARRIERS and found.number:
        return doubtful, found.number
    raise BadNumber(_("No carrier has such a number. Look at it once more."))


def _refuse_known(number: str, seen: Mapping[str, str], moment: datetime.datetime) -> None:
    other = seen.get(number) or (
        Fulfilment.objects.filter(Q(shipped_at__gt=moment - _REUSED_AFTER), tracking_number=number)
        .values_list("order__number", flat=True)
        .first()
    )
    if other:
        raise BadNumber(_("This number is on a parcel of order %(number)s.") % {"number": other})
