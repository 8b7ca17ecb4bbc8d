"""What leaves the house: parcels with the stock they take along, and files (downloads.md)."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Customer
from catalog.models import DigitalFile, Variant
from inventory import stock
from orders import outbox, states
from orders.carriers import recognising
from orders.models import (
    Download,
    DueDocuments,
    EventKind,
    Fulfilment,
    FulfilmentLine,
    FulfilmentStatus,
    KnownBy,
    MailKind,
    Order,
    OrderLine,
    OrderLineComponent,
    OrderStatus,
    PackedPiece,
    ParcelLabel,
    WithdrawalCase,
    WithdrawalPiece,
)
from shop.kit import languages, locks


class NotShippable(Exception):
    """Unpaid, paid in a wrong amount, cancelled, or already on its way."""


@locks.again_on_conflict
def ship(
    order: Order,
    *,
    carrier: str,
    tracking_number: str,
    by: Customer | None,
    moment: datetime.datetime,
    lines: Mapping[int, int] | None = None,
) -> Fulfilment:
    """Send a parcel: all that is still here, or `lines` (order line id → pieces).

    `carrier` is a name or a code; empty: the one that the number belongs to. Promised pieces leave
    the stock, the buyer gets a mail. Raises `NotShippable` with a sentence
    for staff; nothing is changed then.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        if not order.is_shippable or order.is_pickup:
            raise NotShippable(refusal(order))
        if WithdrawalCase.objects.holding(order).exists():
            raise NotShippable(_("The customer has withdrawn: decide on the withdrawal first."))
        here = left_of(order)
        wanted = (
            {line: here[line.pk] for line in _lines(order)}
            if lines is None
            else {line: lines[line.pk] for line in _lines(order) if lines.get(line.pk)}
        )
        wanted = {line: quantity for line, quantity in wanted.items() if quantity}
        if not wanted or any(quantity > here[line.pk] for line, quantity in wanted.items()):
            raise NotShippable(_("So many pieces are not left to be shipped."))
        return _ship(order, wanted, carrier, tracking_number, by, moment)


def collect(order: Order, *, by: Customer | None, moment: datetime.datetime) -> None:
    """The buyer takes along all that is still here, in the caller's transaction, order locked.

    No mail: who fetched it knows. Raises `NotShippable`, as for a parcel: never unpaid.
    """
    if not order.is_shippable:
        raise NotShippable(refusal(order))
    here = left_of(order)
    wanted = {line: here[line.pk] for line in _lines(order) if here[line.pk]}
    if wanted:
        _take_out(
            order,
            wanted,
            EventKind.COLLECTED,
            by=by,
            moment=moment,
            delivered_at=moment,
            delivery_known_by=KnownBy.HAND,
        )


def _lines(order: Order) -> list[OrderLine]:
    return list(order.lines.filter(needs_shipping=True).order_by("position"))


def left_of(order: Order) -> dict[int, int]:
    """How many pieces of each line (its id) are still to be shipped."""
    rows = order.lines.filter(needs_shipping=True).annotate(
        sent=Coalesce(Sum("fulfilment_lines__quantity"), 0)
    )
    return {line.pk: line.quantity - line.sent for line in rows}


def _ship(
    order: Order,
    wanted: dict[OrderLine, int],
    carrier: str,
    tracking_number: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> Fulfilment:
    code, name, number = recognising.named(carrier, tracking_number)
    parcel = {"carrier": name, "carrier_code": code, "tracking_number": number}
    fulfilment = _take_out(order, wanted, EventKind.SHIPPED, by=by, moment=moment, **parcel)
    outbox.put(order, MailKind.SHIPPED, moment=moment, reference=str(fulfilment.pk))
    return fulfilment


def _take_out(
    order: Order,
    wanted: dict[OrderLine, int],
    kind: EventKind,
    *,
    by: Customer | None,
    moment: datetime.datetime,
    **parcel: Any,
) -> Fulfilment:
    fulfilment = Fulfilment.objects.create(
        order=order,
        method=order.delivery_method,
        actor=by,
        packed_at=order.packed_at,
        shipped_at=moment,
        **parcel,
    )
    _close_box(order, fulfilment)
    FulfilmentLine.objects.bulk_create(
        FulfilmentLine(fulfilment=fulfilment, line=line, quantity=quantity)
        for line, quantity in wanted.items()
    )
    states.note(
        order,
        kind,
        moment=moment,
        by=by,
        fulfilment=fulfilment.pk,
        pieces=sum(wanted.values()),
    )
    states.recompute(order)
    if order.fulfilment_status == FulfilmentStatus.FULFILLED:
        DueDocuments.objects.put(order, moment=moment)
    try:
        stock.ship(order.number, _promised(order, wanted), moment=moment)
    except stock.NotHere as problem:
        skus = Variant.objects.filter(pk__in=problem.variant_ids).order_by("sku")
        text = _("These pieces are awaited still: %(skus)s.")
        raise NotShippable(text % {"skus": ", ".join(one.sku for one in skus)}) from problem
    return fulfilment


def _close_box(order: Order, parcel: Fulfilment) -> None:
    """The order is no longer packed; the label with the parcel's number belongs to it now."""
    if order.packed_at is not None:
        order.packed_at = None
        order.save(update_fields=["packed_at"])
    PackedPiece.objects.filter(line__order=order).delete()
    if parcel.tracking_number:
        waiting = ParcelLabel.objects.filter(order=order, fulfilment__isnull=True)
        waiting.filter(cancelled_at__isnull=True, tracking_number=parcel.tracking_number).update(
            fulfilment=parcel
        )


def _promised(order: Order, wanted: dict[OrderLine, int]) -> dict[int, int]:
    """The counted part of it: what is made to order was never promised from stock.

    A bundle is sent as its components: so many pieces as one bundle has, for each that is sent.
    """
    bundled = OrderLineComponent.objects.filter(line__in=wanted, variant__isnull=False)
    of_line: dict[int, list[OrderLineComponent]] = defaultdict(list)
    for component in bundled.order_by("pk"):
        of_line[component.line_id].append(component)
    pieces: Counter[int] = Counter()
    for line, quantity in wanted.items():
        if line.pk in of_line:
            for component in of_line[line.pk]:
                if component.variant_id is not None:
                    pieces[component.variant_id] += component.quantity // line.quantity * quantity
        elif line.variant_id is not None:
            pieces[line.variant_id] += quantity
    promised = stock.promised(order.number)
    return {variant: quantity for variant, quantity in pieces.items() if variant in promised}


def refusal(order: Order) -> str:
    """Why this order cannot be shipped, for staff."""
    if order.is_pickup and order.status == OrderStatus.CONFIRMED:
        return _("Order %(number)s is fetched: hand it over at the counter.") % {
            "number": order.number
        }
    return _("Order %(number)s cannot be shipped: %(status)s, %(payment)s, %(fulfilment)s.") % {
        "number": order.number,
        "status": order.get_status_display(),
        "payment": order.get_payment_status_display(),
        "fulfilment": order.get_fulfilment_status_display(),
    }


# --- Files ---------------------------------------------------------------------------------------


def hand_over(order: Order) -> None:
    """Give the order the files that its digital products have now; those that it has, it keeps.

    Two statements, in the caller's transaction.
    """
    lines, parts = "product__variants__order_lines", "product__variants__order_components"
    files = _files(lines, "", order).union(_files(parts, "__line", order))
    Download.objects.bulk_create(
        [
            Download(
                order=order,
                line_id=file.line_pk,
                file=file,
                name=languages.localized(file, "name", order.language),
                sha256=file.sha256,
                size=file.size,
                content_type=file.content_type,
            )
            for file in files.order_by("position", "id")
        ],
        ignore_conflicts=True,
    )


def _files(sold: str, line: str, order: Order) -> QuerySet[Any]:
    """The files of what is sold by lines (or by components of their bundles), with the line."""
    wanted = {f"{sold}{line}__order": order, f"{sold}__is_digital": True}
    files = DigitalFile.objects.filter(is_active=True, **wanted)
    return files.annotate(line_pk=F(f"{sold}{line}"))


def download_of(order: Order, pk: int) -> Download:
    """A file that the order may fetch now. Raises `Download.DoesNotExist` for all others.

    What was withdrawn from is given back: its file is no longer theirs.
    """
    if not order.is_downloadable:
        raise Download.DoesNotExist
    bought = order.downloads.get(pk=pk)
    if WithdrawalPiece.objects.filter(line=bought.line_id).exists():
        raise Download.DoesNotExist
    return bought


@transaction.atomic
def note_download(download: Download, *, moment: datetime.datetime) -> None:
    """Count it. The first one is an event: the proof that delivery began (§ 356 (5) BGB)."""
    row = Download.objects.filter(pk=download.pk)
    counted = {"downloaded_count": F("downloaded_count") + 1}
    if row.filter(first_at__isnull=True).update(first_at=moment, **counted):
        states.note(
            download.order,
            EventKind.DOWNLOAD,
            moment=moment,
            download=download.pk,
            file=download.name,
        )
    else:
        row.update(**counted)
