"""What the deadline of an order depends on, read from its rows, and what staff should know."""

import datetime
from collections.abc import Mapping

import holidays
from django.conf import settings
from django.db.models import Max, Prefetch, Q

from catalog.models import WithdrawalException
from orders import fulfilments
from orders.models import (
    AddressKind,
    EventKind,
    Fulfilment,
    KnownBy,
    MailKind,
    Order,
    OrderLine,
    OrderLineComponent,
    OrderStatus,
    PaymentStatus,
    WithdrawalFlag,
)
from orders.withdrawals import deadlines
from shop.kit import clock
from shop.kit.mail import MailState

# Where nobody knows when it came: a parcel that was sent longer ago has most likely arrived.
USUAL_WAY = datetime.timedelta(days=14)
_UNCLEAR = [PaymentStatus.DISPUTED, PaymentStatus.CHARGED_BACK, PaymentStatus.MISMATCH]


def last_days(order: Order) -> dict[int, datetime.date | None]:
    """The last day of each line (by its id); `None`: the period has not begun, as far as we know.

    Goods of one order have one period, that of the last parcel; what is not sent has its own, from
    the contract on.
    """
    contract = _contract_on(order)
    goods = deadlines.begin_of_goods(_received(order))
    instructed_on, where = _instructed_on(order), places(order)

    def end(begins_on: datetime.date | None) -> datetime.date | None:
        if begins_on is None:
            return None
        return deadlines.last_day(begins_on, instructed_on=instructed_on, places=where)

    by_kind = {True: end(goods), False: end(contract)}
    return {line.pk: by_kind[line.needs_shipping] for line in order.lines.order_by("position")}


def places(order: Order) -> list[deadlines.Place]:
    """Where it is declared and where it arrives: the customer's place and the shop's."""
    address = order.addresses.filter(kind=AddressKind.DELIVERY).first()
    found = [deadlines.Place(settings.COUNTRY, settings.SHOP_STATE)]
    if address is not None:
        found.append(deadlines.Place(address.country, _state_of(address.country, address.region)))
    return found


def _state_of(country: str, region: str) -> str:
    """The code of a state that is written by its code or name; empty when it is not known."""
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return ""
    wanted = region.strip().casefold()
    names = {name.casefold(): code for code, all_ in _names(known).items() for name in all_}
    return names.get(wanted, "")


def _names(known: holidays.HolidayBase) -> dict[str, list[str]]:
    aliases = known.get_subdivision_aliases()
    return {code: [code, *aliases.get(code, [])] for code in known.subdivisions}


def _contract_on(order: Order) -> datetime.date:
    """The day on which the order was accepted; before that, the day on which it was placed."""
    accepted = order.events.filter(kind=EventKind.STATUS, to_status=OrderStatus.CONFIRMED)
    last = accepted.aggregate(last=Max("created_at"))["last"]
    return clock.day_of(last or order.placed_at)


def _received(order: Order) -> list[datetime.date | None]:
    """A day for each parcel; `None` for each whose receipt is not known, or that is to be sent."""
    days = [_received_on(one) for one in order.fulfilments.order_by("pk")]
    return [*days, None] if any(fulfilments.left_of(order).values()) else days


def _received_on(parcel: Fulfilment) -> datetime.date | None:
    """That so much time has passed is no proof: the period counts from the receipt."""
    if parcel.delivered_at is None or parcel.delivery_known_by == KnownBy.TIME:
        return None
    return clock.day_of(parcel.delivered_at)


def _instructed_on(order: Order) -> datetime.date | None:
    """When the instruction came on a durable medium: with the confirmation (§ 312f (2) BGB).

    `None`: it was never sent, or its text is known to be wrong (`WRONG_WITHDRAWAL_VERSIONS`).
    """
    if (order.withdrawal_version or order.terms_version) in settings.WRONG_WITHDRAWAL_VERSIONS:
        return None
    mails = order.mails.filter(kind=MailKind.CONFIRMATION, state=MailState.SENT)
    first = mails.order_by("sent_at").values_list("sent_at", flat=True).first()
    return clock.day_of(first) if first else None


def flags(
    order: Order, pieces: Mapping[int, int], *, received_at: datetime.datetime
) -> list[WithdrawalFlag]:
    """What a person should look at before `pieces` (line id → pieces) are taken back."""
    today, ends = clock.day_of(received_at), last_days(order)
    lines = [one for one in _lines(order) if one.pk in pieces]
    found = {
        WithdrawalFlag.LATE: any((end := ends[one.pk]) and end < today for one in lines),
        WithdrawalFlag.UNPROVEN: any(one.needs_shipping and ends[one.pk] is None for one in lines)
        and _was_sent_long_ago(order, today),
        WithdrawalFlag.EXCEPTED: any(_is_excepted(one) for one in lines),
        WithdrawalFlag.DOWNLOADED: _is_downloaded(order, pieces),
        WithdrawalFlag.DISPUTED: order.payment_status in _UNCLEAR,
    }
    return [flag for flag, is_set in found.items() if is_set]


def _lines(order: Order) -> list[OrderLine]:
    components = OrderLineComponent.objects.order_by("position")
    rows = order.lines.order_by("position")
    return list(rows.prefetch_related(Prefetch("components", components)))


def _was_sent_long_ago(order: Order, today: datetime.date) -> bool:
    """All of it was sent, and so long ago that the period is over by all that is likely."""
    if any(fulfilments.left_of(order).values()):
        return False
    last = order.fulfilments.aggregate(last=Max("shipped_at"))["last"]
    return bool(last) and today > clock.day_of(last) + USUAL_WAY + deadlines.PERIOD


def _is_excepted(line: OrderLine) -> bool:
    """Has the line, or a part of its bundle, no right of withdrawal? Downloads are told apart."""
    kinds = [one.withdrawal_exception for one in line.components.all()]
    return any(
        WithdrawalException(one).excludes and one != WithdrawalException.DIGITAL
        for one in kinds or [line.withdrawal_exception]
    )


def _is_downloaded(order: Order, pieces: Mapping[int, int]) -> bool:
    """Has delivery begun after the consent that is part of such lines (§ 356 (5) BGB)?"""
    if not order.has_digital:
        return False
    consent = Q(line__withdrawal_exception=WithdrawalException.DIGITAL) | Q(
        line__components__withdrawal_exception=WithdrawalException.DIGITAL
    )
    fetched = order.downloads.filter(first_at__isnull=False, line__in=list(pieces))
    return fetched.filter(consent).exists()
