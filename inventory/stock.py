"""Pieces: promise them, give them back, send them out, in the caller's transaction.

The rows of one order are locked in primary-key order, then changed by one conditional UPDATE: the
condition is the guard, the lock only keeps two carts with the same goods from waiting in a circle.
See docs/algorithms/reservations.md.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db import connection, models, transaction
from django.db.models import F

from inventory import tasks
from inventory.models import (
    LocationKind,
    MovementKind,
    Reservation,
    ReservationState,
    StockItem,
    StockLocation,
    StockMovement,
)
from shop.kit import clock, locks


class OutOfStock(Exception):
    """Less is left than asked for. `shortages` tells for each variant how many there are."""

    def __init__(self, shortages: dict[int, int]) -> None:
        super().__init__(f"variants {sorted(shortages)} are short")
        self.shortages = shortages


class NotReserved(Exception):
    """Pieces are to be sent out that were never promised under this reference."""


class NotHere(Exception):
    """Pieces are to be sent out that are awaited still. `variant_ids` tells which."""

    def __init__(self, variant_ids: set[int]) -> None:
        super().__init__(f"variants {sorted(variant_ids)} are not here yet")
        self.variant_ids = variant_ids


def reserve(
    quantities: Mapping[int, int], *, reference: str, moment: datetime.datetime
) -> list[Reservation]:
    """Promise `quantities` (variant id → pieces) to `reference`, all or nothing.

    One warehouse that has everything is preferred, then for each variant the first that has enough;
    what lies there before what is awaited (docs/algorithms/backorders.md). Raises `OutOfStock`;
    nothing is changed then (the caller's transaction must roll back).
    """
    if not quantities:
        return []
    items = list(
        locks.locked(
            StockItem.objects.filter(
                variant_id__in=quantities,
                location__kind=LocationKind.WAREHOUSE,
                location__is_active=True,
            ).select_related("location")
        )
    )
    today = clock.day_of(moment)
    chosen = _allocate(items, quantities, today)
    wanted = {item.pk: quantities[item.variant_id] for item in chosen}
    if _take(wanted, today) != len(quantities):
        raise OutOfStock(_left(items, quantities, today))
    _tell(one.variant_id for one in chosen if one.free(today) == quantities[one.variant_id])
    return Reservation.objects.bulk_create(
        Reservation(
            item=item,
            reference=reference,
            quantity=quantities[item.variant_id],
            created_at=moment,
        )
        for item in chosen
    )


def _allocate(
    items: list[StockItem], quantities: Mapping[int, int], today: datetime.date
) -> list[StockItem]:
    """For each variant the shelf that it is taken from. Raises `OutOfStock`."""
    left = _left(items, quantities, today)
    if shortages := {pk: left[pk] for pk, wanted in quantities.items() if left[pk] < wanted}:
        raise OutOfStock(shortages)
    ordered = sorted(items, key=lambda item: (item.location.position, item.location_id))
    here = _fitting(ordered, quantities, StockItem.at_once)
    awaited = _fitting(
        sorted(ordered, key=lambda item: item.expected_on or today),
        quantities,
        lambda item: item.free(today),
    )
    if here.keys() != quantities.keys() and (places := _shared(awaited)):
        # One parcel that waits is better than two of which one waits; at one place at once is best.
        return [_at(fitting, places) for fitting in awaited.values()]
    places = _shared(here) if here.keys() == quantities.keys() else set()
    return [_at(here.get(pk) or awaited[pk], places) for pk in quantities]


def _fitting(
    items: Iterable[StockItem], quantities: Mapping[int, int], has: Callable[[StockItem], int]
) -> dict[int, list[StockItem]]:
    """By variant the shelves that have enough of it, in the order of `items`."""
    found: dict[int, list[StockItem]] = defaultdict(list)
    for item in items:
        if has(item) >= quantities[item.variant_id]:
            found[item.variant_id].append(item)
    return dict(found)


def _shared(by_variant: Mapping[int, list[StockItem]]) -> set[int]:
    """The locations that have all of it."""
    return set.intersection(*({one.location_id for one in some} for some in by_variant.values()))


def _at(fitting: list[StockItem], places: set[int]) -> StockItem:
    return next((item for item in fitting if item.location_id in places), fitting[0])


def _tell(variant_ids: Iterable[int]) -> None:
    """Lists of goods filter by what can be ordered: what ran out or came back is read after commit.

    Only these cost anything; most orders leave something on the shelf.
    """
    ids = sorted(set(variant_ids))
    if ids:
        tasks.tell_lists.delay_on_commit(variant_ids=ids)  # type: ignore[attr-defined]


def _left(
    items: list[StockItem], quantities: Mapping[int, int], today: datetime.date
) -> dict[int, int]:
    left = dict.fromkeys(quantities, 0)
    for item in items:
        left[item.variant_id] = max(left[item.variant_id], item.free(today))
    return left


_TAKE = """
UPDATE inventory_stockitem AS item SET reserved = item.reserved + wanted.quantity
FROM unnest(%s::bigint[], %s::integer[]) AS wanted (id, quantity)
WHERE item.id = wanted.id
  AND item.on_hand + CASE WHEN item.expected_on < %s THEN 0 ELSE item.backorder_limit END
      >= item.reserved + wanted.quantity
"""


def _take(wanted: Mapping[int, int], today: datetime.date) -> int:
    """Reserve in one statement: reading first and writing later would sell the last piece twice."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [list(wanted), list(wanted.values()), today])
        return int(cursor.rowcount)


def release(reference: str, *, moment: datetime.datetime) -> int:
    """Give back what is still promised to `reference`. Returns the pieces; 0 the second time."""
    return _give_back(reference, moment)


def ship(reference: str, quantities: Mapping[int, int], *, moment: datetime.datetime) -> int:
    """Send out `quantities` (variant id → pieces) of what is promised to `reference`.

    Reserved pieces leave the stock, each with a movement. Returns the pieces sent. What was sent
    before under the same reference is not sent again: raises `NotReserved` when less is promised
    than asked for, and for less than a piece, and `NotHere` for what is still awaited.
    """
    if not quantities:
        return 0
    open_ones = list(
        locks.locked(
            Reservation.objects.open_for(reference)
            .filter(item__variant_id__in=quantities)
            .select_related("item")
        )
    )
    promised = {one.item.variant_id: one for one in open_ones}
    for variant_id, quantity in quantities.items():
        if variant_id not in promised or not 0 < quantity <= promised[variant_id].quantity:
            raise NotReserved(f"variant {variant_id} is not promised to {reference}")
    items = locks.locked(StockItem.objects.filter(pk__in=[one.item_id for one in open_ones]))
    if awaited := {one.variant_id for one in items if one.on_hand < quantities[one.variant_id]}:
        raise NotHere(awaited)
    for one in sorted(open_ones, key=lambda one: one.item_id):
        _send(one, quantities[one.item.variant_id], moment)
    return sum(quantities.values())


def _send(one: Reservation, quantity: int, moment: datetime.datetime) -> None:
    StockItem.objects.filter(pk=one.item_id).update(
        on_hand=F("on_hand") - quantity, reserved=F("reserved") - quantity
    )
    rest = one.quantity - quantity
    parts = StockMovement.objects.filter(
        item_id=one.item_id, kind=MovementKind.SOLD, reference__startswith=one.reference
    ).count()
    StockMovement.objects.create(
        item_id=one.item_id,
        kind=MovementKind.SOLD,
        quantity=-quantity,
        reference=f"{one.reference}/{parts + 1}" if parts else one.reference,
        created_at=moment,
    )
    if rest:
        one.quantity = rest
        one.save(update_fields=["quantity"])
    else:
        one.state, one.closed_at = ReservationState.SHIPPED, moment
        one.save(update_fields=["state", "closed_at"])


def _give_back(reference: str, moment: datetime.datetime) -> int:
    open_ones = list(locks.locked(Reservation.objects.open_for(reference)))
    if not open_ones:
        return 0
    items = locks.locked(StockItem.objects.filter(pk__in=[one.item_id for one in open_ones]))
    today = clock.day_of(moment)
    _tell(item.variant_id for item in items if item.free(today) <= 0)
    for one in sorted(open_ones, key=lambda one: one.item_id):
        StockItem.objects.filter(pk=one.item_id).update(reserved=F("reserved") - one.quantity)
    Reservation.objects.filter(pk__in=[one.pk for one in open_ones]).update(
        state=ReservationState.RELEASED, closed_at=moment
    )
    return sum(one.quantity for one in open_ones)


@transaction.atomic
def receive(
    location: StockLocation,
    quantities: Mapping[int, int],
    *,
    reference: str,
    moment: datetime.datetime,
    kind: str = MovementKind.RECEIVED,
) -> None:
    """Put pieces (variant id → pieces, also negative when counted less) into `location`.

    `reference` names the delivery note or count; the same one twice raises `IntegrityError`.
    Counting below what is promised raises `IntegrityError` too.
    """
    StockItem.objects.bulk_create(
        (StockItem(location=location, variant_id=variant_id) for variant_id in quantities),
        ignore_conflicts=True,
    )
    items = locks.locked(StockItem.objects.filter(location=location, variant_id__in=quantities))
    today, movements, turned = clock.day_of(moment), [], []
    for item in items:
        quantity = quantities[item.variant_id]
        if (item.free(today) > 0) != (item.free(today) + quantity > 0):
            turned.append(item.variant_id)
        movements.append(
            StockMovement(
                item=item, kind=kind, quantity=quantity, reference=reference, created_at=moment
            )
        )
        item.on_hand += quantity
    StockMovement.objects.bulk_create(movements)
    StockItem.objects.bulk_update([movement.item for movement in movements], ["on_hand"])
    _tell(turned)


@transaction.atomic
def restock(
    location: StockLocation,
    quantities: Mapping[int, int],
    *,
    reference: str,
    moment: datetime.datetime,
) -> None:
    """Put returned pieces back on the shelf; as `receive`, told apart in the ledger."""
    receive(location, quantities, reference=reference, moment=moment, kind=MovementKind.RESTOCKED)


@transaction.atomic
def write_off(
    location: StockLocation,
    quantities: Mapping[int, int],
    *,
    reference: str,
    moment: datetime.datetime,
) -> None:
    """Book returned pieces in and out again: they came back, and nobody will buy them."""
    restock(location, quantities, reference=f"{reference}/off", moment=moment)
    gone = {variant: -pieces for variant, pieces in quantities.items()}
    kind = MovementKind.WRITTEN_OFF
    receive(location, gone, reference=reference, moment=moment, kind=kind)


@transaction.atomic
def set_apart(
    quantities: Mapping[int, int], *, reference: str, moment: datetime.datetime
) -> StockLocation:
    """Put returned pieces where nothing is sold from, as second choice; the place is made once."""
    place, _new = StockLocation.objects.get_or_create(
        code="second-choice", defaults={"name": "Second choice", "kind": LocationKind.APART}
    )
    restock(place, quantities, reference=reference, moment=moment)
    return place


@transaction.atomic
def set_count(item: StockItem, *, on_hand: int, reference: str, moment: datetime.datetime) -> None:
    """Note a count of the shelf: the difference becomes a movement. No difference, no movement."""
    current = locks.locked_one(StockItem.objects.all(), pk=item.pk)
    difference = on_hand - current.on_hand
    if difference:
        receive(
            current.location,
            {current.variant_id: difference},
            reference=reference,
            moment=moment,
            kind=MovementKind.COUNTED,
        )


def promised(reference: str) -> dict[int, int]:
    """What is still promised to `reference`: variant id → pieces."""
    rows = (
        Reservation.objects.open_for(reference)
        .values_list("item__variant_id")
        .annotate(pieces=models.Sum("quantity"))
    )
    return dict(rows)
