"""Eighteen months of trade: 300 orders in all states and reviews, through the public functions.

Moments are passed in, so the past is made by the same code as the present. No mail of the past goes
out, and the payments of the past were never at a provider: their findings are made here.
"""

import contextlib
import datetime
import random
from decimal import Decimal

from django.db import transaction
from django.utils import translation

from accounts.models import Customer
from catalog.models import Product, Variant
from checkout import carts, placing
from checkout.models import Cart
from checkout.promotions import codes
from demo import bank_files, opinions, promoting, sending
from demo.people import Person
from inventory import stock
from inventory.models import StockItem, StockLocation
from orders import attempts, fulfilments, history, lifecycle, payments, settling, states
from orders.documents import content, issuing
from orders.findings import Finding, Outcome, RefundFinding
from orders.models import DueDocuments, Order, OrderLine, OrderMail, OrderStatus, Payment
from orders.money import statements
from orders.receipts import transfers
from orders.refunding import refunds
from reviews import moderation, submitting
from shop.kit.mail import MailState

ORDERS = 300
DAYS = 540
PLENTY = 400
TERMS = "2026-11"
# What became of the orders of the last days, each with its greatest age in hours, …
_RECENT = (
    *[("to_ship", 80)] * 16,
    *[("shipped", 110)] * 8,
    *[("processing", 30)] * 3,
    *[("expired", 100)] * 3,
    ("mismatch", 20),
    *[("transfer", 60)] * 3,
    ("transfer_part", 70),
    ("transfer_more", 80),
    *[("placed", 0.4)] * 2,
)
# … and of the older ones, by weight.
_OLD = (("completed", 84), ("expired", 7), ("returned", 5), ("partly", 3), ("staff_cancelled", 1))


class Trade:
    """The past of the demo shop. Everything random comes from one seed."""

    def __init__(
        self,
        seed: random.Random,
        *,
        people: list[tuple[Person, Customer | None]],
        warehouse: StockLocation,
        moment: datetime.datetime,
    ) -> None:
        self._seed = seed
        self._people = people
        self._warehouse = warehouse
        self._moment = moment
        self._variants = list(
            Variant.objects.filter(is_active=True).select_related("product").order_by("pk")
        )
        self._placed_so_far = 0
        self._transferred: list[tuple[Order, Decimal]] = []
        self._weights = [seed.paretovariate(1.1) for _variant in self._variants]

    def receive_goods(self, stock_of: dict[str, int]) -> None:
        """Long ago the shelves were filled."""
        start = self._moment - datetime.timedelta(days=DAYS + 30)
        counted = {one.pk: PLENTY for one in self._variants if one.has_stock_limit}
        stock.receive(self._warehouse, counted, reference="LS-0001", moment=start)
        self._stock_of = stock_of

    def take_stock(self) -> None:
        """Today's count: what the demo wants to have, and what waits to be shipped beside it."""
        items = StockItem.objects.filter(location=self._warehouse).select_related("variant")
        for item in items:
            wanted = self._stock_of[item.variant.sku] + item.reserved
            stock.set_count(item, on_hand=wanted, reference="INV-0001", moment=self._moment)
        sending.lay_out(self._warehouse)
        sending.begin_the_day(self._moment)

    def happen(self) -> None:
        """All orders, the oldest first."""
        names = [name for name, _weight in _OLD]
        weights = [weight for _name, weight in _OLD]
        fates = self._seed.choices(names, weights, k=ORDERS - len(_RECENT))
        # Trade grows: more of the orders are younger ones.
        plan = [(6 * 24 + (DAYS - 6) * 24 * self._seed.random() ** 1.6, fate) for fate in fates]
        plan += [(hours * self._seed.uniform(0.1, 1), fate) for fate, hours in _RECENT]
        for hours, fate in sorted(plan, reverse=True):
            moment = self._moment - datetime.timedelta(hours=hours)
            is_prepaid = fate.startswith("transfer") and transfers.own() is not None
            if fate.startswith("transfer") and not is_prepaid:
                fate = "to_ship"  # Without a bank account nobody pays by transfer.
            method = "prepayment" if is_prepaid else "stripe"
            getattr(self, f"_{fate}")(self._order(moment, method), moment)

    def _order(self, moment: datetime.datetime, method: str) -> Order:
        person, customer = self._seed.choice(self._people)
        live = [one.product.is_live(moment) for one in self._variants]
        weights = [weight * is_live for weight, is_live in zip(self._weights, live, strict=True)]
        wanted = self._seed.choices(self._variants, weights, k=self._seed.randint(1, 4))
        with translation.override(person.language):
            cart = Cart.objects.create(created_at=moment, updated_at=moment)
            for variant in {one.pk: one for one in wanted}.values():
                quantity = self._seed.choice((1, 1, 1, 2, 2, 3))
                engraving = "Moin!" if variant.product.engraving_length else ""
                carts.add(cart, variant, quantity=quantity, engraving=engraving, moment=moment)
            keys = self._keys(moment)
            Cart.objects.filter(pk=cart.pk).update(customer=customer, coupon_keys=keys)
            cart.refresh_from_db()
            return self._place(cart, person, moment, method)

    def _keys(self, moment: datetime.datetime) -> list[str]:
        """Of the younger orders every third one has a code, for which it may be too late."""
        self._placed_so_far += 1
        if moment < self._moment - datetime.timedelta(days=50) or self._placed_so_far % 3:
            return []
        typed = (promoting.WELCOME, promoting.FREE_DELIVERY, promoting.THANKS)
        return [codes.key(typed[self._placed_so_far // 3 % len(typed)])]

    def _place(self, cart: Cart, person: Person, moment: datetime.datetime, method: str) -> Order:
        contact: dict[str, str | bool] = {
            "email": person.email,
            "name": person.name,
            "street": person.street,
            "extra": "",
            "postcode": person.postcode,
            "city": person.city,
            "country": person.country,
            "digital_consent": True,
        }
        prepared = placing.prepare(
            cart, moment=moment, country=person.country, postcode=person.postcode
        )
        # Most are sent; who lives where a bulky thing does not go fetches it.
        sent = [one for one in prepared.offers if one.delivery.place is None]
        chosen = self._seed.choice(sent or prepared.offers).delivery
        carts.save_choices(
            cart,
            contact=contact,
            delivery_method=chosen.code,
            payment_method=method,
            moment=moment,
        )
        quote = placing.with_delivery(prepared, chosen).quote
        if cart.coupon_keys:  # whether it is a first order depends on the address
            quote = placing.prepare(cart, moment=moment).quote
        return placing.place(
            cart,
            agreed_total=quote.total_gross,
            token=cart.placement_token,
            terms_version=TERMS,
            moment=moment,
        )

    # What may become of an order.

    def _placed(self, order: Order, moment: datetime.datetime) -> None:
        """Nobody has paid yet; the job will end it in time."""

    def _transfer(self, order: Order, moment: datetime.datetime) -> None:
        """Waits for a transfer."""

    def _transfer_part(self, order: Order, moment: datetime.datetime) -> None:
        self._transferred.append((order, order.total_gross - Decimal("2.00")))

    def _transfer_more(self, order: Order, moment: datetime.datetime) -> None:
        self._transferred.append((order, order.total_gross + Decimal("5.00")))

    def upload_statement(self) -> None:
        """The bank tells of the transfers, of one with a slip, and of one that nobody knows."""
        waiting = Order.objects.filter(payment_method="prepayment", payment_status="unpaid")
        slip = waiting.order_by("pk").first()
        rows = [bank_files.Line(sum_, order.number) for order, sum_ in self._transferred]
        if slip is not None:
            rows.append(bank_files.Line(slip.total_gross, slip.number[:-1]))
            rows.append(bank_files.Line(Decimal("23.80"), "Danke für die schöne Lampe"))
            content = bank_files.statement(rows, moment=self._moment)
            statements.upload("umsaetze.xml", content, by=None, moment=self._moment)

    def _to_ship(self, order: Order, moment: datetime.datetime) -> None:
        later = moment + datetime.timedelta(minutes=self._seed.randint(1, 4))
        _settle(order, Outcome.PAID, later)
        fetched = min(later + datetime.timedelta(minutes=7), self._moment)
        for download in order.downloads.order_by("pk"):
            fulfilments.note_download(download, moment=fetched)

    def _processing(self, order: Order, moment: datetime.datetime) -> None:
        _settle(order, Outcome.PROCESSING, moment + datetime.timedelta(minutes=2))
        # The sandbox knows nothing of it: ask much later.
        months = self._moment + datetime.timedelta(days=90)
        Payment.objects.filter(order=order).update(next_check_at=months)

    def _mismatch(self, order: Order, moment: datetime.datetime) -> None:
        """Less came than was asked for: never shipped, shown to staff."""
        _settle(order, Outcome.PAID, moment + datetime.timedelta(minutes=3), less=Decimal("5.00"))

    def _expired(self, order: Order, moment: datetime.datetime) -> None:
        later = moment + datetime.timedelta(minutes=46)
        _settle(order, Outcome.EXPIRED, later)
        lifecycle.cancel(order, by=None, reason=states.EXPIRED, moment=later)

    def _shipped(self, order: Order, moment: datetime.datetime) -> None:
        self._to_ship(order, moment)
        order.refresh_from_db()
        if order.is_shippable and order.lines.filter(needs_shipping=True).exists():
            days = self._seed.uniform(0.5, 2.0)
            left_at = min(moment + datetime.timedelta(days=days), self._moment)
            sending.send(order, seed=self._seed, moment=left_at, now=self._moment)
            _documents(order, left_at)

    def _completed(self, order: Order, moment: datetime.datetime) -> None:
        self._shipped(order, moment)
        order.refresh_from_db()
        sending.arrive(order, seed=self._seed, now=self._moment)
        if order.status == OrderStatus.CONFIRMED:
            done = min(moment + datetime.timedelta(days=7), self._moment)
            lifecycle.complete(order, by=None, moment=done)

    def _staff_cancelled(self, order: Order, moment: datetime.datetime) -> None:
        self._to_ship(order, moment)
        order.refresh_from_db()
        payment = order.payments.get()
        later = moment + datetime.timedelta(hours=20)
        request = payments.refund(
            payment, amount=payment.captured, reason="out of stock", by=None, moment=later
        )
        _refunded(request, later)
        order.refresh_from_db()
        lifecycle.cancel(order, by=None, reason="cannot deliver", moment=later)

    def _returned(self, order: Order, moment: datetime.datetime) -> None:
        self._give_back(order, moment, share=Decimal(1))

    def _partly(self, order: Order, moment: datetime.datetime) -> None:
        self._give_back(order, moment, share=Decimal("0.3"))

    def _give_back(self, order: Order, moment: datetime.datetime, *, share: Decimal) -> None:
        self._completed(order, moment)
        later = min(moment + datetime.timedelta(days=9), self._moment)
        payment = order.payments.get()
        amount = (payment.captured * share).quantize(Decimal("0.01"))
        request = payments.refund(payment, amount=amount, reason="returned", by=None, moment=later)
        _refunded(request, later)
        _documents(order, later)

    def close_mails(self) -> None:
        """The past has had its mails; the worker draws the documents that it issued."""
        DueDocuments.objects.update(is_quiet=True)
        for mail in OrderMail.objects.exclude(state=MailState.SENT):
            OrderMail.objects.filter(pk=mail.pk).update(
                state=MailState.SENT, sent_at=mail.created_at, tries=1
            )

    def opinions(self) -> None:
        """Reviews by those who bought; most are published, a few wait for staff."""
        for person, customer in self._people:
            if customer is None:
                continue
            lines = OrderLine.objects.filter(order__customer=customer, order__status="completed")
            bought = Product.objects.filter(pk__in=lines.values("variant__product"))
            for product in bought.order_by("pk"):
                if self._seed.random() < 0.75:
                    self._opinion(person, customer, product)

    def _opinion(self, person: Person, customer: Customer, product: Product) -> None:
        stars, title, text = opinions.pick(self._seed, person.language)
        moment = self._moment - datetime.timedelta(days=self._seed.randint(1, 60))
        review = submitting.submit(
            product,
            customer=customer,
            author=f"{person.name.split()[0]} {person.name.split()[1][0]}.",
            stars=stars,
            title=title,
            text=text,
            language=person.language,
            is_verified=history.has_bought(customer, product),
            moment=moment,
        )
        if self._seed.random() < 0.93:
            moderation.approve(review, moment=moment + datetime.timedelta(hours=5))


def _documents(order: Order, moment: datetime.datetime) -> None:
    """Issued when it happened; a demo without a merchant has none, and its staff are told."""
    with contextlib.suppress(content.IncompleteSeller):
        issuing.settle(order.pk, moment=moment)


def _settle(
    order: Order, outcome: Outcome, moment: datetime.datetime, *, less: Decimal = Decimal(0)
) -> None:
    payment = attempts.with_parameters(
        order.payments.get().pk, _parameters_of_the_past, moment=order.placed_at
    )
    is_paid = outcome == Outcome.PAID
    found = Finding(
        session_id=f"cs_past_{order.number}",
        outcome=outcome,
        amount=order.total_gross,
        captured=order.total_gross - less if is_paid else Decimal("0.00"),
        currency=order.currency,
        reference=order.number,
        payment_id=str(payment.public_id),
        intent_id=f"pi_past_{order.number}" if is_paid else "",
    )
    settling.apply(payment.pk, found, moment=moment)


def _parameters_of_the_past(order: Order, payment: Payment, **_more: object) -> dict[str, str]:
    return {"reference": order.number, "attempt": str(payment.public_id)}


def _refunded(refund: refunds.Refund, moment: datetime.datetime) -> None:
    found = RefundFinding(
        refund_id=f"re_past_{refund.pk}",
        state="succeeded",
        amount=refund.amount,
        intent_id=refund.payment.provider_intent,
    )
    with transaction.atomic():
        refunds.apply(refund, found, moment=moment)
