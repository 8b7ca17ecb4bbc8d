"""Placing: the one transaction that turns a cart into an order.

Nothing here talks to the network. Locks are taken in the order of `kit.locks`: the cart first, the
stock last, because its rows are the hot ones. See docs/algorithms/placing.md.
"""

import dataclasses
import datetime
import functools
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import WithdrawalException
from checkout import cart_items, delivery, drafting, quoting, seen, tax_countries
from checkout.cart import aside
from checkout.models import Cart, DeliveryKind
from checkout.promotions import loading, redeeming, rules
from content import selling
from inventory import stock
from orders import lifecycle, payments
from orders.models import Order
from orders.money import owing
from shop.kit import ids, locks


class CannotPlace(Exception):
    """The cart cannot become an order as it is. `message` tells the shopper what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Incomplete(CannotPlace):
    """Address, delivery or payment is missing or no longer on offer."""


class NotSelling(CannotPlace):
    """Something mandatory is missing, outside of demo mode: see `content.selling`."""

    def __init__(self) -> None:
        super().__init__(_("This shop takes no orders for the moment. Nothing was ordered."))


class TotalChanged(CannotPlace):
    """The shopper agreed to another total than holds now."""

    def __init__(self, agreed: Decimal, total: Decimal) -> None:
        self.agreed, self.total = agreed, total
        super().__init__(_("The total has changed since you saw it."))


class OtherThanSeen(CannotPlace):
    """Goods, address, delivery or VAT are no longer what the shopper saw, at the same total."""

    def __init__(self) -> None:
        super().__init__(_("Something has changed since you saw this page. Please look once more."))


class Short(CannotPlace):
    """Of some lines fewer are left than ordered. `lines` says which and how many."""

    def __init__(self, lines: dict[int, int]) -> None:
        self.lines = lines
        super().__init__(_("Some of it was sold in the meantime."))


class DiscountGone(CannotPlace):
    """Others used up what the shopper was shown, at this very moment."""

    def __init__(self, names: Sequence[str]) -> None:
        text = _("“%(names)s” was used up in the meantime. Nothing was ordered or charged.")
        super().__init__(text % {"names": ", ".join(names)})


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """What a cart is quoted by, whatever lies in it: VAT, promotions, for whom, and when."""

    ground: tax_countries.Ground
    promotions: Sequence[rules.Promotion]
    shopper: rules.Shopper
    moment: datetime.datetime

    def quote(
        self, items: Sequence[quoting.Item], chosen: quoting.Delivery | None
    ) -> quoting.Quote:
        return self.ground.quoted(
            functools.partial(
                quoting.quote,
                items,
                currency=settings.CURRENCY,
                delivery=chosen,
                promotions=self.promotions,
                shopper=self.shopper,
                moment=self.moment,
            ),
            is_collected=bool(chosen and chosen.place),
        )

    def payable_goods(self, items: Sequence[quoting.Item], delivery_code: str) -> Decimal:
        """What the goods cost before anything is taken off the delivery: free delivery needs it."""
        of_goods = [one for one in self.promotions if one.kind != rules.Kind.SHIPPING]
        before = dataclasses.replace(self, promotions=of_goods)
        chosen = quoting.Delivery(delivery_code, "", quoting.ZERO) if delivery_code else None
        return before.quote(items, chosen).payable_goods_gross


@dataclasses.dataclass(frozen=True, slots=True)
class Prepared:
    """A cart with all that is chosen, quoted."""

    cart: Cart
    quote: quoting.Quote
    outlook: delivery.Outlook
    terms: Terms
    live: loading.Live = loading.NOTHING

    @property
    def outcome(self) -> rules.Outcome:
        """What applies and what does not, what is over because of its limits included."""
        refused = (*self.quote.refused, *self.live.refused)
        return rules.Outcome(applied=self.quote.discounts, refused=refused)

    @property
    def offers(self) -> tuple[delivery.Offer, ...]:
        return self.outlook.offers

    @property
    def standard_delivery(self) -> Decimal | None:
        """What the cheapest way to the door costs: so much goes back after a withdrawal."""
        at_home = {DeliveryKind.PARCEL, DeliveryKind.FORWARDING}
        fees = [one.delivery.gross for one in self.offers if one.kind in at_home]
        return min(fees, default=None)


def prepare(
    cart: Cart,
    *,
    moment: datetime.datetime,
    country: str = "",
    delivery_method: str = "",
    postcode: str = "",
    delivery_rules: delivery.Rules | None = None,
    promotions: Sequence[rules.Promotion] | None = None,
    shopper: rules.Shopper | None = None,
    priced: Sequence[quoting.Item] | None = None,
    is_binding: bool = False,
) -> Prepared:
    """Quote `cart` with its chosen delivery as things stand at `moment`.

    `country`, `postcode` and `delivery_method` stand in for those of the cart while they are being
    chosen; `delivery_rules` are those of delivery, where the caller has read them already.
    `priced` are the lines by `cart_items.priced`, likewise. `promotions` stand in for those that
    the shop has for this cart, `shopper` for who buys. `is_binding`: the order is made in this
    transaction.
    """
    known = cart.contact
    goes_to = country or str(known.get("country") or settings.COUNTRY)
    live = loading.NOTHING
    if promotions is None:
        live = loading.live_for(cart, country=goes_to, moment=moment)
        promotions, shopper = live.promotions, live.shopper
    if priced is None:
        lines = cart_items.lines_of(cart)
        priced = cart_items.priced(lines, moment=moment, currency=settings.CURRENCY)
    items = cart_items.shelved(priced, promotions)
    typed_postcode = postcode if country else str(known.get("postcode", ""))
    terms = Terms(
        ground=tax_countries.ground(
            goes_to, postcode=typed_postcode, moment=moment, is_binding=is_binding
        ),
        promotions=promotions,
        shopper=dataclasses.replace(
            shopper or rules.Shopper(customer_id=cart.customer_id), country=goes_to
        ),
        moment=moment,
    )
    code = delivery_method or cart.delivery_method
    outlook = delivery.look(
        delivery.rules() if delivery_rules is None else delivery_rules,
        cart_items.consignment(items, goods_gross=terms.payable_goods(items, code)),
        country=goes_to,
        postcode=typed_postcode,
        needs_shipping=any(not item.is_digital for item in items),
        lead_days=max((item.lead_days for item in items), default=0),
        expected_on=max((item.expected_on for item in items if item.expected_on), default=None),
        moment=moment,
    )
    outlook = terms.ground.allowed(outlook)
    chosen = next((one.delivery for one in outlook.offers if one.delivery.code == code), None)
    return Prepared(cart, terms.quote(items, chosen), outlook, terms, live)


def with_delivery(prepared: Prepared, chosen: quoting.Delivery) -> Prepared:
    """The same cart quoted with another delivery; reads nothing again."""
    items = [line.item for line in prepared.quote.lines]
    return dataclasses.replace(prepared, quote=prepared.terms.quote(items, chosen))


def charged_offers(prepared: Prepared) -> Sequence[delivery.Offer]:
    """The ways of delivery at what would be charged for each, discounts taken off."""
    if not any(one.kind == rules.Kind.SHIPPING for one in prepared.terms.promotions):
        return prepared.offers
    found = []
    for offer in prepared.offers:
        gross = with_delivery(prepared, offer.delivery).quote.delivery_gross
        charged = dataclasses.replace(offer.delivery, gross=gross)
        missing = offer.missing_for_free if gross else None
        found.append(dataclasses.replace(offer, delivery=charged, missing_for_free=missing))
    return found


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
    promotions: Sequence[rules.Promotion] | None = None,
    shopper: rules.Shopper | None = None,
) -> Order:
    """Make the order of `cart` and reserve its goods, once for each `token`.

    `promotions` and `shopper` are as for `prepare`. `seen_digest` is `seen.digest` of what the
    shopper saw; empty where nothing was shown.

    A second press, a reload or another tab gets the order that is there. Raises `CannotPlace`
    (`NotSelling`, `Incomplete`, `TotalChanged`, `OtherThanSeen`, `Short`, `DiscountGone`); nothing
    is changed then.
    """
    rows = Cart.objects.with_aside().knowing_offers().filter(pk=cart.pk)
    locked = next(iter(locks.locked(rows)), None)
    if locked is None or locked.ordered_at is not None or locked.placement_token != token:
        order = placed_order(token, customer_id=cart.customer_id)
        if order is None:
            raise Incomplete(_("This cart was ordered in another window."))
        return order
    if not selling.is_open(moment):
        raise NotSelling
    prepared = prepare(
        locked, moment=moment, promotions=promotions, shopper=shopper, is_binding=True
    )
    _check(prepared, agreed_total)
    if seen_digest and seen_digest != seen.digest(locked, prepared.quote):
        raise OtherThanSeen
    number = ids.order_number()
    draft = dataclasses.replace(
        drafting.draft(
            prepared.quote, locked, number=number, terms_version=terms_version, moment=moment
        ),
        withdrawal_version=withdrawal_version,
        standard_delivery_gross=prepared.standard_delivery,
    )
    order = lifecycle.create(draft, moment=moment)
    _close(locked, moment)
    _reserve(prepared.quote, number, moment)
    try:
        redeeming.redeem(order, prepared.quote.discounts, live=prepared.live, moment=moment)
    except redeeming.UsedUp as problem:
        raise DiscountGone([one.name for one in problem.promotions]) from problem
    return order


def payment_methods(prepared: Prepared) -> list[payments.Method]:
    """The ways to pay that go with the chosen delivery."""
    chosen = prepared.quote.delivery
    kinds = [one.kind for one in prepared.offers if chosen and one.delivery.code == chosen.code]
    return payments.methods(delivery_kinds=kinds)


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
    if quote.delivery is None and prepared.outlook.problem:
        raise Incomplete(prepared.outlook.problem)
    if quote.delivery is None:
        raise Incomplete(_("Please choose a way of delivery."))
    if cart.payment_method not in {method.code for method in payment_methods(prepared)}:
        raise Incomplete(_("Please choose a way to pay."))
    if not owing.may_wait(cart.payment_method, str(cart.contact["email"])):
        raise Incomplete(
            _("Some of your orders still wait for their payment. Please pay them first, or online.")
        )
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
    if cart.has_aside:
        aside.carry_over(cart, moment=moment)
