"""Placing: the one transaction that turns a cart into an order.

Nothing here talks to the network. Locks are taken in the order of `kit.locks`: the cart first, the
stock last, because its rows are the hot ones. See docs/algorithms/placing.md.
"""

import dataclasses
import datetime
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog import vat
from catalog.models import WithdrawalException
from checkout import cart_items, delivery, quoting, seen
from checkout.models import Cart
from inventory import stock
from orders import drafts, lifecycle, payments
from orders.models import Order
from shop.kit import clock, ids, languages, locks


class CannotPlace(Exception):
    """The cart cannot become an order as it is. `message` tells the shopper what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Incomplete(CannotPlace):
    """Address, delivery or payment is missing or no longer on offer."""


class TotalChanged(CannotPlace):
    """The shopper agreed to another total than holds now."""

    def __init__(self, agreed: Decimal, total: Decimal) -> None:
        self.agreed, self.total = agreed, total
        super().__init__(_("The total has changed since you saw it."))


class OtherThanSeen(CannotPlace):
    """Goods, address or delivery are no longer those that the shopper saw, at the same total."""

    def __init__(self) -> None:
        super().__init__(_("You have changed something in another window. Please look once more."))


class Short(CannotPlace):
    """Of some lines fewer are left than ordered. `lines` says which and how many."""

    def __init__(self, lines: dict[int, int]) -> None:
        self.lines = lines
        super().__init__(_("Some of it was sold in the meantime."))


@dataclasses.dataclass(frozen=True, slots=True)
class Prepared:
    """A cart with all that is chosen, quoted."""

    cart: Cart
    quote: quoting.Quote
    outlook: delivery.Outlook
    rates: Mapping[str, Decimal]

    @property
    def offers(self) -> tuple[delivery.Offer, ...]:
        return self.outlook.offers


def prepare(
    cart: Cart,
    *,
    moment: datetime.datetime,
    country: str = "",
    delivery_method: str = "",
    postcode: str = "",
    rules: delivery.Rules | None = None,
) -> Prepared:
    """Quote `cart` with its chosen delivery as things stand at `moment`.

    `country`, `postcode` and `delivery_method` stand in for those of the cart while they are being
    chosen; `rules` are those of delivery, where the caller has read them already.
    """
    items = cart_items.of(cart, moment=moment, currency=settings.CURRENCY)
    rates = vat.rates(settings.COUNTRY, clock.day_of(moment))
    known = cart.contact
    outlook = delivery.look(
        delivery.rules() if rules is None else rules,
        cart_items.consignment(items),
        country=country or str(known.get("country") or settings.COUNTRY),
        postcode=postcode if country else str(known.get("postcode", "")),
        needs_shipping=any(not item.is_digital for item in items),
        lead_days=max((item.lead_days for item in items), default=0),
        moment=moment,
    )
    code = delivery_method or cart.delivery_method
    chosen = next((one.delivery for one in outlook.offers if one.delivery.code == code), None)
    return Prepared(cart, _quote(items, rates, chosen), outlook, rates)


def with_delivery(prepared: Prepared, chosen: quoting.Delivery) -> Prepared:
    """The same cart quoted with another delivery; reads nothing again."""
    items = [line.item for line in prepared.quote.lines]
    quote = _quote(items, prepared.rates, chosen)
    return dataclasses.replace(prepared, quote=quote)


def _quote(
    items: Sequence[quoting.Item],
    rates: Mapping[str, Decimal],
    chosen: quoting.Delivery | None,
) -> quoting.Quote:
    return quoting.quote(
        items,
        rates=rates,
        country=settings.COUNTRY,
        currency=settings.CURRENCY,
        delivery=chosen,
    )


def placed_order(token: uuid.UUID, *, customer_id: int | None) -> Order | None:
    """The order made with this placement token; a customer's one for that customer only."""
    whose = Q(customer=None) | Q(customer=customer_id)
    return Order.objects.filter(whose, placement_token=token).first()


@transaction.atomic
def place(
    cart: Cart,
    *,
    agreed_total: Decimal,
    token: uuid.UUID,
    terms_version: str,
    moment: datetime.datetime,
    seen_digest: str = "",
    withdrawal_version: str = "",
) -> Order:
    """Make the order of `cart` and reserve its goods, once for each `token`.

    `seen_digest` is `seen.digest` of what the shopper saw; empty where nothing was shown.

    A second press, a reload or another tab gets the order that is there. Raises `CannotPlace`
    (`Incomplete`, `TotalChanged`, `OtherThanSeen`, `Short`); nothing is changed then.
    """
    locked = next(iter(locks.locked(Cart.objects.filter(pk=cart.pk))), None)
    if locked is None or locked.ordered_at is not None or locked.placement_token != token:
        order = placed_order(token, customer_id=cart.customer_id)
        if order is None:
            raise Incomplete(_("This cart was ordered in another window."))
        return order
    prepared = prepare(locked, moment=moment)
    _check(prepared, agreed_total)
    if seen_digest and seen_digest != seen.digest(locked, prepared.quote):
        raise OtherThanSeen
    number = ids.order_number()
    draft = dataclasses.replace(
        _draft(prepared, number=number, terms_version=terms_version, moment=moment),
        withdrawal_version=withdrawal_version,
    )
    order = lifecycle.create(draft, moment=moment)
    _close(locked, moment)
    _reserve(prepared.quote, number, moment)
    return order


def needs_digital_consent(quote: quoting.Quote) -> bool:
    """Does the delivery of something in it end the right of withdrawal (§ 356 (5) BGB)?"""
    return any(
        exception == WithdrawalException.DIGITAL
        for line in quote.lines
        for _name, exception in line.item.exceptions
    )


def _check(prepared: Prepared, agreed_total: Decimal) -> None:
    quote, cart = prepared.quote, prepared.cart
    if not quote.lines:
        raise Incomplete(_("The cart is empty."))
    if not cart.contact.get("email"):
        raise Incomplete(_("Please enter your address."))
    if quote.delivery is None:
        raise Incomplete(_("Please choose a way of delivery."))
    if cart.payment_method not in {method.code for method in payments.methods()}:
        raise Incomplete(_("Please choose a way to pay."))
    if needs_digital_consent(quote) and not cart.contact.get("digital_consent"):
        raise Incomplete(_("Please agree to the immediate delivery of the digital content."))
    if quote.short_lines:
        raise Short({line.item.line_id: line.item.left or 0 for line in quote.short_lines})
    if quote.total_gross != agreed_total:
        raise TotalChanged(agreed_total, quote.total_gross)


def _reserve(quote: quoting.Quote, number: str, moment: datetime.datetime) -> None:
    """Lines and bundles that want the same goods are summed: `stock` knows no bundles."""
    wanted: Counter[int] = Counter()
    for line in quote.lines:
        wanted.update(line.item.pieces)
    try:
        stock.reserve(wanted, reference=number, moment=moment)
    except stock.OutOfStock as problem:
        raise Short(_short_lines(quote, problem.shortages)) from problem


def _short_lines(quote: quoting.Quote, shortages: Mapping[int, int]) -> dict[int, int]:
    """Which lines want goods that are short, and how often each of them could be had alone."""
    found = {}
    for line in quote.lines:
        short = [
            shortages[pk] * line.item.quantity // pieces
            for pk, pieces in line.item.pieces.items()
            if pk in shortages
        ]
        if short:
            found[line.item.line_id] = min(short)
    return found


def _close(cart: Cart, moment: datetime.datetime) -> None:
    """Ordered: what was typed lives on in the order alone."""
    cart.ordered_at, cart.updated_at, cart.contact = moment, moment, {}
    cart.save(update_fields=["ordered_at", "updated_at", "contact"])


def _draft(
    prepared: Prepared, *, number: str, terms_version: str, moment: datetime.datetime
) -> drafts.OrderDraft:
    quote, contact = prepared.quote, prepared.cart.contact
    chosen = quote.delivery
    if chosen is None:
        raise Incomplete(_("Please choose a way of delivery."))
    today = clock.day_of(moment)
    typed = address_of(contact)
    other = contact.get("billing")
    billing = address_of(other) if other else None
    return drafts.OrderDraft(
        number=number,
        placement_token=prepared.cart.placement_token,
        customer_id=prepared.cart.customer_id,
        email=str(contact["email"]),
        language=languages.active(),
        currency=quote.currency,
        delivery=drafts.AddressDraft(**dataclasses.asdict(chosen.place)) if chosen.place else typed,
        billing=billing or (typed if chosen.place else None),
        is_pickup=chosen.place is not None,
        lines=tuple(_line_draft(line) for line in quote.lines),
        vat_sums=tuple(
            drafts.VatDraft(rate=one.rate, net=one.net, vat=one.vat, gross=one.gross)
            for one in quote.vat_sums
        ),
        delivery_method=chosen.code,
        delivery_name=chosen.name,
        delivery_gross=chosen.gross,
        delivery_from=chosen.earliest or today,
        delivery_to=chosen.latest or today,
        goods_gross=quote.goods_gross,
        deposit_gross=quote.deposit_gross,
        total_gross=quote.total_gross,
        payment_method=prepared.cart.payment_method,
        terms_version=terms_version,
    )


def address_of(typed: Mapping[str, Any]) -> drafts.AddressDraft:
    """An address as it was typed at the checkout."""
    names = ("name", "street", "extra", "postcode", "city", "country", "region", "post_number")
    return drafts.AddressDraft(**{name: str(typed.get(name, "")) for name in names})


def _line_draft(line: quoting.Line) -> drafts.LineDraft:
    item = line.item
    return drafts.LineDraft(
        variant_id=item.variant_id,
        sku=item.sku,
        name=item.name,
        label=item.label,
        summary=item.summary,
        engraving=item.engraving,
        quantity=item.quantity,
        unit_gross=item.unit_gross,
        gross=item.gross,
        vat_rate=line.rate,
        net=line.net,
        vat=line.vat,
        base_price=item.base_price,
        unit_deposit=item.unit_deposit,
        deposit_net=line.deposit_net,
        deposit_vat=line.deposit_vat,
        facts=list(item.facts),
        is_digital=item.is_digital,
        needs_shipping=not item.is_digital,
        withdrawal_exception=item.withdrawal_exception,
        picture_url=item.picture_url,
        components=tuple(
            _component_draft(share, share.part, item)
            for share in line.shares
            if share.part is not None
        ),
    )


def _component_draft(
    share: quoting.Share, part: quoting.Part, item: quoting.Item
) -> drafts.ComponentDraft:
    return drafts.ComponentDraft(
        variant_id=part.variant_id,
        sku=part.sku,
        name=part.name,
        label=part.label,
        quantity=part.quantity * item.quantity,
        gross=share.gross,
        net=share.net,
        vat=share.vat,
        vat_rate=share.rate,
        is_digital=part.is_digital,
        withdrawal_exception=part.withdrawal_exception,
    )
