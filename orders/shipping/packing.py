"""Into the box, piece by piece: docs/algorithms/shipping.md."""

import dataclasses
import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from catalog.models import Variant
from orders import fulfilments, states
from orders.models import EventKind, Order, OrderLine, OrderLineComponent, PackedPiece
from orders.shipping import picking, queue
from shop.kit import locks


class WrongGoods(Exception):
    """A sentence for the packer: this does not belong into the box."""


@dataclasses.dataclass(slots=True)
class Slot:
    """One row of the packing page: goods of a line, or of a component of it."""

    line_id: int
    component_id: int | None
    variant_id: int | None
    sku: str
    gtin: str
    title: str
    wanted: int
    packed: int = 0

    @property
    def is_full(self) -> bool:
        return self.packed >= self.wanted


def slots(order: Order) -> list[Slot]:
    """What has to be in the box, and what is already; five statements."""
    found: list[Slot] = []
    for line, left in queue.left([order]).get(order.pk, []):
        parts: list[OrderLineComponent | None] = [
            *sorted(line.components.all(), key=lambda one: one.position)
        ]
        for piece, part in zip(picking.pieces_of(line, left), parts or [None], strict=True):
            found.append(
                Slot(
                    line.pk,
                    part.pk if part else None,
                    piece.variant_id,
                    piece.sku,
                    "",
                    piece.title,
                    piece.quantity,
                )
            )
    gtins = dict(
        Variant.objects.filter(pk__in=[one.variant_id for one in found]).values_list("pk", "gtin")
    )
    packed = {
        (one.line_id, one.component_id): one.quantity
        for one in PackedPiece.objects.filter(line__order=order)
    }
    for one in found:
        one.gtin = gtins.get(one.variant_id or 0, "")
        one.packed = packed.get((one.line_id, one.component_id), 0)
    return found


@locks.again_on_conflict
def scan(order: Order, code: str, *, by: Customer | None, moment: datetime.datetime) -> Slot:
    """One piece with this EAN or SKU goes into the box; the last one closes it.

    Raises `WrongGoods` for what is not in the order or is all there, and
    `fulfilments.NotShippable`; nothing is changed then.
    """
    with transaction.atomic(durable=True):
        order = _locked(order)
        rows = slots(order)
        slot = _fitting(rows, code)
        row, is_new = PackedPiece.objects.get_or_create(
            line=OrderLine(pk=slot.line_id),
            component_id=slot.component_id,
            defaults={"quantity": 1},
        )
        if not is_new:
            row.quantity += 1
            row.save(update_fields=["quantity"])
        slot.packed += 1
        if all(one.is_full for one in rows):
            _close(order, rows, by, moment)
        return slot


@locks.again_on_conflict
def pack(order: Order, *, by: Customer | None, moment: datetime.datetime) -> None:
    """All that is left is in the box, without scanning. Raises `fulfilments.NotShippable`."""
    with transaction.atomic(durable=True):
        order = _locked(order)
        if order.packed_at is None:
            rows = slots(order)
            PackedPiece.objects.filter(line__order=order).delete()
            PackedPiece.objects.bulk_create(
                PackedPiece(line_id=one.line_id, component_id=one.component_id, quantity=one.wanted)
                for one in rows
            )
            _close(order, rows, by, moment)


@locks.again_on_conflict
def unpack(order: Order, *, by: Customer | None, moment: datetime.datetime) -> None:
    """Everything goes back onto the table: the order can be cancelled again."""
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        PackedPiece.objects.filter(line__order=order).delete()
        if order.packed_at is not None:
            order.packed_at = None
            order.save(update_fields=["packed_at"])
            states.note(order, EventKind.PACKED, moment=moment, by=by, is_undone=True)


def _locked(order: Order) -> Order:
    order = locks.locked_one(Order.objects.all(), pk=order.pk)
    if not order.is_shippable or order.is_pickup:
        raise fulfilments.NotShippable(fulfilments.refusal(order))
    return order


def _fitting(rows: list[Slot], code: str) -> Slot:
    wanted = code.strip()
    same = [one for one in rows if _is_it(one, wanted)]
    if not same:
        raise WrongGoods(_("%(code)s does not belong to this order.") % {"code": wanted or "–"})
    for one in same:
        if not one.is_full:
            return one
    raise WrongGoods(_("%(name)s is complete: one piece too many.") % {"name": same[0].title})


def _is_it(slot: Slot, code: str) -> bool:
    """By SKU, or by EAN with or without the noughts that scanners put before it."""
    if code.casefold() == slot.sku.casefold():
        return True
    return bool(slot.gtin) and code.isdigit() and code.lstrip("0") == slot.gtin.lstrip("0")


def _close(order: Order, rows: list[Slot], by: Customer | None, moment: datetime.datetime) -> None:
    order.packed_at = moment
    order.save(update_fields=["packed_at"])
    states.note(
        order, EventKind.PACKED, moment=moment, by=by, pieces=sum(one.wanted for one in rows)
    )
