"""Eighteen months of trade: 300 orders in all states and reviews, through the public functions.

Moments are passed in, so the past is made by the same code as the present. No mail of the past goes
out, and the payments of the past were never at a provider: their findings are made here.
"""

import datetime
import random
from decimal import Decimal

from django.utils import translation

from accounts.models import Customer
from catalog import pricing
from catalog.models import Product, Variant
from checkout import carts, placing
from checkout.models import Cart
from demo import opinions
from demo.people import Person
from inventory import stock
from inventory.models import StockItem, StockLocation
from orders import fulfilments, history, lifecycle, payments, refunds, settling
from orders.findings import Finding, Outcome, RefundFinding
from orders.models import Order, OrderMail, Payment
from reviews import moderation, submitting
from shop.kit.mail import MailState

ORDERS = 300
DAYS = 540
PLENTY = 400
TERMS = "2026-11"
# What became of an order, by its age in days: name and weight.
_OLD = (("completed", 84), ("expired", 7), ("returned", 5), ("partly", 3), ("staff_cancelled", 1))
_RECENT = (("to_ship", 55), ("shipped", 25), ("processing", 8), ("expired", 6), ("placed", 6))


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

    def happen(self) -> None:
        """All orders, the oldest first."""
        ages = sorted((self._age() for _number in range(ORDERS)), reverse=True)
        for age in ages:
            moment = self._moment - age
            fate = self._fate(age)
            order = self._order(moment)
            if order is not None:
                getattr(self, f"_{fate}")(order, moment)

    def _age(self) -> datetime.timedelta:
        """Trade grows: more of the orders are recent ones."""
        days = DAYS * self._seed.random() ** 1.6
        return datetime.timedelta(days=days, minutes=self._seed.randint(8, 600))

    def _fate(self, age: datetime.timedelta) -> str:
        fates = _OLD if age.days > 5 else _RECENT
        names, weights = zip(*fates, strict=True)
        fate: str = self._seed.choices(names, weights)[0]
        return "to_ship" if fate == "placed" and age > datetime.timedelta(minutes=40) else fate

    def _order(self, moment: datetime.datetime) -> Order | None:
        person, customer = self._seed.choice(self._people)
        basket = [
            one
            for one in self._seed.choices(self._variants, self._weights, k=self._seed.randint(1, 4))
            if one.product.is_live(moment)
        ]
        with translation.override(person.language):
            cart = Cart.objects.create(customer=None, created_at=moment, updated_at=moment)
            for variant in {one.pk: one for one in basket}.values():
                quantity = self._seed.choice((1, 1, 1, 2, 2, 3))
                engraving = "Moin!" if variant.product.engraving_length else ""
                carts.add(cart, variant, quantity=quantity, engraving=engraving, moment=moment)
            if not basket:
                cart.delete()
                return None
            Cart.objects.filter(pk=cart.pk).update(customer=customer)
            cart.refresh_from_db()
            return self._place(cart, person, moment)

    def _place(self, cart: Cart, person: Person, moment: datetime.datetime) -> Order:
        contact = {
            "email": person.email,
            "name": person.name,
            "street": person.street,
            "extra": "",
            "postcode": person.postcode,
            "city": person.city,
            "country": person.country,
            "digital_consent": True,
        }
        offers = placing.prepare(cart, moment=moment, country=person.country).offers
        carts.save_choices(
            cart,
            contact=contact,
            delivery_method=self._seed.choice(offers).delivery.code,
            payment_method="stripe",
            moment=moment,
        )
        return placing.place(
            cart,
            agreed_total=placing.prepare(cart, moment=moment).quote.total_gross,
            token=cart.placement_token,
            terms_version=TERMS,
            moment=moment,
        )

    # What may become of an order.

    def _placed(self, order: Order, moment: datetime.datetime) -> None:
        """Nobody has paid yet; the job will end it in time."""

    def _to_ship(self, order: Order, moment: datetime.datetime) -> None:
        later = moment + datetime.timedelta(minutes=self._seed.randint(1, 4))
        _settle(order, Outcome.PAID, later)

    def _processing(self, order: Order, moment: datetime.datetime) -> None:
        _settle(order, Outcome.PROCESSING, moment + datetime.timedelta(minutes=2))
        # The sandbox knows nothing of it: ask much later.
        months = self._moment + datetime.timedelta(days=90)
        Payment.objects.filter(order=order).update(next_check_at=months)

    def _expired(self, order: Order, moment: datetime.datetime) -> None:
        later = moment + datetime.timedelta(minutes=46)
        _settle(order, Outcome.EXPIRED, later)
        lifecycle.cancel(order, by=None, reason=settling.EXPIRED, moment=later)

    def _shipped(self, order: Order, moment: datetime.datetime) -> None:
        self._to_ship(order, moment)
        order.refresh_from_db()
        if order.is_shippable and order.lines.filter(needs_shipping=True).exists():
            days = self._seed.uniform(0.5, 2.0)
            fulfilments.ship(
                order,
                carrier=self._seed.choice(("DHL", "DHL", "Hermes", "DPD")),
                tracking_number=str(self._seed.randint(10**11, 10**12 - 1)),
                by=None,
                moment=min(moment + datetime.timedelta(days=days), self._moment),
            )

    def _completed(self, order: Order, moment: datetime.datetime) -> None:
        self._shipped(order, moment)
        order.refresh_from_db()
        done = min(moment + datetime.timedelta(days=5), self._moment)
        lifecycle.complete(order, by=None, moment=done)

    def _staff_cancelled(self, order: Order, moment: datetime.datetime) -> None:
        self._to_ship(order, moment)
        order.refresh_from_db()
        payment = order.payments.get()
        request = refunds.request(
            payment, amount=payment.captured, reason="out of stock", by=None, moment=moment
        )
        _refunded(request, moment)
        order.refresh_from_db()
        lifecycle.cancel(order, by=None, reason="cannot deliver", moment=moment)

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

    def close_mails(self) -> None:
        """The past has had its mails."""
        for mail in OrderMail.objects.exclude(state=MailState.SENT):
            OrderMail.objects.filter(pk=mail.pk).update(
                state=MailState.SENT, sent_at=mail.created_at, tries=1
            )

    def opinions(self) -> None:
        """Reviews by those who bought; most are published, a few wait for staff."""
        for person, customer in self._people:
            if customer is None:
                continue
            bought = Product.objects.filter(
                variants__orderline__order__customer=customer,
                variants__orderline__order__status="completed",
            ).distinct()
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


def _settle(order: Order, outcome: Outcome, moment: datetime.datetime) -> None:
    payment = order.payments.get()
    is_paid = outcome == Outcome.PAID
    found = Finding(
        session_id=f"cs_past_{order.number}",
        outcome=outcome,
        amount=order.total_gross,
        captured=order.total_gross if is_paid else Decimal("0.00"),
        currency=order.currency,
        reference=order.number,
        payment_id=str(payment.public_id),
        intent_id=f"pi_past_{order.number}" if is_paid else "",
    )
    settling.apply(payment.pk, found, moment=moment)


def _refunded(refund: refunds.Refund, moment: datetime.datetime) -> None:
    found = RefundFinding(
        refund_id=f"re_past_{refund.pk}",
        state="succeeded",
        amount=refund.amount,
        intent_id=refund.payment.provider_intent,
    )
    refunds.apply(refund, found, moment=moment)
