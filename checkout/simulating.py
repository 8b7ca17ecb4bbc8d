"""A cart that is not there: what would apply to these goods, for this person, at this moment."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from catalog.models import Variant
from checkout import placing
from checkout.models import Cart, CartLine
from checkout.promotions import codes, loading
from checkout.promotions.loading import Person


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`goods` by variant; `groups` and `has_ordered` are looked up for `person` where `None`."""

    goods: Mapping[Variant, int]
    country: str
    moment: datetime.datetime
    typed: Sequence[str] = ()
    delivery_method: str = ""
    person: Person = loading.NOBODY
    groups: frozenset[str] | None = None
    has_ordered: bool | None = None


def simulate(question: Question) -> placing.Prepared:
    """The quote of the real code over a real cart, which is rolled back: nothing is kept.

    The cheapest way of delivery stands in when none is named.
    """
    moment = question.moment
    with transaction.atomic():
        cart = Cart.objects.create(
            created_at=moment,
            updated_at=moment,
            coupon_keys=[key for text in question.typed if (key := codes.key(text))],
        )
        CartLine.objects.bulk_create(
            CartLine(cart=cart, variant=variant, quantity=quantity, added_at=moment)
            for variant, quantity in question.goods.items()
        )
        live = loading.live(
            cart.coupon_keys,
            person=question.person,
            country=question.country,
            moment=moment,
            groups=question.groups,
            has_ordered=question.has_ordered,
        )
        prepared = placing.prepare(
            cart,
            moment=moment,
            country=question.country,
            delivery_method=question.delivery_method,
            promotions=live.promotions,
            shopper=live.shopper,
        )
        transaction.set_rollback(True)
    if prepared.quote.delivery is None and prepared.offers:
        cheapest = min(prepared.offers, key=lambda offer: offer.delivery.gross)
        prepared = placing.with_delivery(prepared, cheapest.delivery)
    return dataclasses.replace(prepared, live=live)
