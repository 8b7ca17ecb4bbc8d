"""What the demo's warehouse sends: parcels with numbers as carriers have them, and their fate."""

import datetime
import random

from inventory.models import StockItem, StockLocation
from orders import fulfilments
from orders.carriers import check_digits
from orders.models import Fulfilment, KnownBy, Order
from orders.money import counter
from orders.shipping import collecting, deliveries, labels, packing, queue

HOURS = ("Mo–Fr 9–18 Uhr\nSa 10–14 Uhr", "Mon–Fri 9 am – 6 pm\nSat 10 am – 2 pm")


def send(
    order: Order, *, seed: random.Random, moment: datetime.datetime, now: datetime.datetime
) -> None:
    """All of the order leaves at `moment`, a large one in two parcels; or its buyer fetches it."""
    if order.is_pickup:
        collecting.ready(order, by=None, moment=moment)
        counter.hand_over(order, means="", by=None, moment=min(moment + _hours(5), now))
        return
    left = {pk: count for pk, count in fulfilments.left_of(order).items() if count}
    first = dict([max(left.items())]) if len(left) > 2 and seed.random() < 0.3 else None
    for lines in (first, None) if first else (None,):
        code, number = _number(seed)
        fulfilments.ship(
            order, carrier=code, tracking_number=number, by=None, moment=moment, lines=lines
        )
        order.refresh_from_db()
        moment = min(moment + _hours(20), now)


def arrive(order: Order, *, seed: random.Random, now: datetime.datetime) -> None:
    """The carrier says of each parcel that it arrived, if there was time for it."""
    for parcel in Fulfilment.objects.filter(order=order, delivered_at__isnull=True).order_by("pk"):
        at = parcel.shipped_at + _hours(seed.uniform(20, 60))
        if at <= now:
            deliveries.mark(parcel, at=at, known_by=KnownBy.CARRIER, by=None, moment=at)


def lay_out(warehouse: StockLocation) -> None:
    """Shelves for the pick lists, and when goods can be fetched."""
    warehouse.hours_de, warehouse.hours_en = HOURS
    warehouse.save(update_fields=["hours_de", "hours_en"])
    items = list(StockItem.objects.filter(location=warehouse).order_by("variant__sku"))
    for place, item in enumerate(items):
        item.shelf = f"{'ABCDEF'[place // 40 % 6]}-{place // 4 % 10 + 1:02d}-{place % 4 + 1}"
    StockItem.objects.bulk_update(items, ["shelf"])


def begin_the_day(now: datetime.datetime) -> None:
    """Of what waits one is packed, one half packed, and one has its label."""
    waiting = [one for one in queue.to_ship() if not queue.awaited([one])]
    if len(waiting) > 3:
        packing.pack(waiting[0], by=None, moment=now)
        slot = packing.slots(waiting[1])[0]
        packing.scan(waiting[1], slot.sku, by=None, moment=now)
        labels.make(waiting[2], by=None, moment=now)


def _hours(count: float) -> datetime.timedelta:
    return datetime.timedelta(hours=count)


def _number(seed: random.Random) -> tuple[str, str]:
    code = seed.choice(("dhl", "dhl", "hermes", "dpd"))
    if code == "dhl":
        digits = f"003404340{seed.randrange(10**10):010d}"
        return code, digits + check_digits.gs1_digit(digits)
    digits = f"{'01' if code == 'dpd' else '13'}{seed.randrange(10**11):011d}"
    return code, digits + (
        str(seed.randrange(10)) if code == "dpd" else check_digits.gs1_digit(digits)
    )
