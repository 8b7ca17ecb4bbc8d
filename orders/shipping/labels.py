"""Labels: asked for once, drawn by the carrier, tied to the parcel when it leaves."""

import datetime
import io
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from pypdf import PdfWriter

from accounts.models import Customer
from catalog.models import Variant
from orders import fulfilments, receipts
from orders.carriers import choosing, local
from orders.carriers.base import CarrierRefused, Parcel
from orders.models import AddressKind, CarrierChoice, Order, OrderAddress, ParcelLabel
from orders.shipping import picking, queue
from shop import legal


def make(order: Order, *, by: Customer | None, moment: datetime.datetime) -> ParcelLabel:
    """The label for what is left of the order; the one that waits already is given again.

    The row stands before the carrier is asked, so that asking again has the same key. Raises
    `fulfilments.NotShippable`, `CarrierRefused` and `CarrierAway`.
    """
    if not order.is_shippable or order.is_pickup:
        raise fulfilments.NotShippable(
            _("Order %(number)s gets no label: it is not to be shipped.") % {"number": order.number}
        )
    row = _row(order, by, moment)
    if row.content:
        return row
    maker = choosing.maker_of(row.carrier_code)
    if maker is None:
        raise CarrierRefused(_("This carrier draws its labels itself."))
    answer = maker.label(_parcel(row, order))
    ParcelLabel.objects.filter(pk=row.pk, content=b"").update(
        tracking_number=answer.tracking_number, content=answer.pdf
    )
    row.refresh_from_db()
    return row


def _row(order: Order, by: Customer | None, moment: datetime.datetime) -> ParcelLabel:
    waiting = ParcelLabel.objects.filter(
        order=order, fulfilment__isnull=True, cancelled_at__isnull=True
    )
    if row := waiting.first():
        return row
    try:
        with transaction.atomic():
            return ParcelLabel.objects.create(
                order=order,
                carrier_code=carrier_for(order.delivery_method),
                weight_g=_weight(order),
                actor=by,
                created_at=moment,
            )
    except IntegrityError:  # another member of staff was faster
        return waiting.get()


def carrier_for(method: str) -> str:
    """Who draws the labels of a delivery method: as staff chose, else our own messenger."""
    chosen = CarrierChoice.objects.filter(method=method).values_list("carrier_code", flat=True)
    return chosen.first() or local.CODE


def _weight(order: Order) -> int:
    """What the goods weigh that are still to be sent; what nobody weighed counts nothing."""
    pieces = [
        piece
        for line, left in queue.left([order]).get(order.pk, [])
        for piece in picking.pieces_of(line, left)
    ]
    known = Variant.objects.filter(pk__in=[one.variant_id for one in pieces if one.variant_id])
    grams = dict(known.values_list("pk", "weight_g"))
    return sum(grams.get(one.variant_id or 0, 0) * one.quantity for one in pieces)


def _parcel(row: ParcelLabel, order: Order) -> Parcel:
    merchant = legal.merchant()
    address = OrderAddress.objects.get(order=order, kind=AddressKind.DELIVERY)
    return Parcel(
        key=str(row.key),
        label_id=row.pk,
        order_number=order.number,
        sender=[merchant.name, merchant.street, f"{merchant.postcode} {merchant.city}"],
        receiver=receipts.address_lines(address),
        country=address.country,
        weight_g=row.weight_g,
        language=order.language,
        moment=row.created_at,
    )


def cancel(row: ParcelLabel, *, moment: datetime.datetime) -> bool:
    """The label is not used. Returns whether it still waited. Raises `CarrierAway`."""
    waiting = ParcelLabel.objects.filter(
        pk=row.pk, fulfilment__isnull=True, cancelled_at__isnull=True
    )
    if not waiting.exists():
        return False
    maker = choosing.maker_of(row.carrier_code)
    if maker is not None and row.tracking_number:
        maker.cancel(row.tracking_number)
    return bool(waiting.update(cancelled_at=moment))


def sheets(rows: Sequence[ParcelLabel]) -> bytes:
    """The labels of many parcels as one PDF, each on its own page, unchanged."""
    writer = PdfWriter()
    for row in rows:
        writer.append(io.BytesIO(bytes(row.content)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
