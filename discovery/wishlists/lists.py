"""A wishlist: find it, put things on it, take them off, show it to others, bring it along.

Nothing here trusts an id from outside: items are found inside the given list only.
"""

import dataclasses
import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Q

from accounts.models import Customer
from catalog import browsing, pricing
from catalog.models import Product, Variant
from discovery.models import Wishlist, WishlistItem
from shop.kit import ids, locks

MAX_ITEMS = 200
UNDO_FOR = datetime.timedelta(days=1)


class Full(Exception):
    """There are as many things on the list as it takes."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wished:
    """What pages show of a list: whose it is, and what is on it as (product, variant or None)."""

    customer_id: int | None = None
    pairs: frozenset[tuple[int, int | None]] = frozenset()

    def has(self, product_id: int, variant_id: int) -> bool:
        """Is this variant on the list, or its product without a choice?"""
        return bool({(product_id, variant_id), (product_id, None)} & self.pairs)

    @property
    def product_ids(self) -> list[int]:
        return sorted({product for product, _variant in self.pairs})


NOTHING = Wished()


def find(token: str) -> Wishlist | None:
    """The list with this token."""
    return Wishlist.objects.filter(token=token).first() if token else None


def of(customer: Customer) -> Wishlist | None:
    """The list of a customer."""
    return Wishlist.objects.filter(customer=customer).first()


def shared(share_token: str) -> Wishlist | None:
    """The list that was shared under this secret."""
    return Wishlist.objects.filter(share_token=share_token).first() if share_token else None


def wished(token: str) -> Wished:
    """What is on the list with this token, in one statement; nothing where there is none."""
    present = Q(items__removed_at__isnull=True, items__isnull=False)
    row = (
        Wishlist.objects.filter(token=token)
        .annotate(
            products=ArrayAgg("items__product_id", filter=present, order_by="items__pk"),
            variants=ArrayAgg("items__variant_id", filter=present, order_by="items__pk"),
        )
        .values_list("customer_id", "products", "variants")
        .first()
    )
    if row is None:
        return NOTHING
    customer_id, products, variants = row
    return Wished(customer_id, frozenset(zip(products or [], variants or [], strict=True)))


def create(*, customer: Customer | None, moment: datetime.datetime) -> Wishlist:
    """A new empty list; the customer's own when there is one already."""
    moments = {"created_at": moment, "updated_at": moment}
    if customer is None:
        return Wishlist.objects.create(**moments)
    own, _made = Wishlist.objects.get_or_create(customer=customer, defaults=moments)
    return own


@transaction.atomic
def add(
    wishlist: Wishlist, product: Product, variant: Variant | None, *, moment: datetime.datetime
) -> WishlistItem:
    """Put `product`, in the chosen `variant` if there is one, on the list.

    A product with a single variant is remembered in that one. What is there already stays as it
    is; what was taken off comes back with the price of today. Raises `Full`.
    """
    _touch(wishlist, moment)
    buyable = list(browsing.buyable_variants([product.pk]))
    if variant is None and len(buyable) == 1:
        variant = buyable[0]
    item = WishlistItem.objects.filter(wishlist=wishlist, product=product, variant=variant).first()
    if item is not None and item.removed_at is None:
        return item
    if item is None:
        if WishlistItem.objects.filter(wishlist=wishlist).present().count() >= MAX_ITEMS:
            raise Full
        item = WishlistItem(wishlist=wishlist, product=product, variant=variant)
    prices = pricing.price_of([variant.pk] if variant else [one.pk for one in buyable], moment)
    cheapest = min(prices.values(), key=lambda price: price.gross, default=None)
    item.gross_when_added = cheapest.gross if cheapest else None
    item.currency = cheapest.currency if cheapest else "EUR"
    item.added_at, item.removed_at = moment, None
    item.save()
    return item


def _touch(wishlist: Wishlist, moment: datetime.datetime) -> None:
    """One change of a list after the other, and its 60 days begin anew."""
    locks.locked_one(Wishlist.objects.all(), pk=wishlist.pk)
    Wishlist.objects.filter(pk=wishlist.pk).update(updated_at=moment)


@transaction.atomic
def take_off(wishlist: Wishlist, item_pk: int, *, moment: datetime.datetime) -> WishlistItem:
    """Take an item off; for a day it can be put back. Raises `WishlistItem.DoesNotExist`."""
    _touch(wishlist, moment)
    item = WishlistItem.objects.present().get(wishlist=wishlist, pk=item_pk)
    item.removed_at = moment
    item.save(update_fields=["removed_at"])
    return item


@transaction.atomic
def take_product_off(
    wishlist: Wishlist, product_id: int, variant_id: int | None, *, moment: datetime.datetime
) -> int:
    """Take a product off: the chosen variant and what has no choice; without a variant all of it.

    Returns how many items went.
    """
    _touch(wishlist, moment)
    items = WishlistItem.objects.present().filter(wishlist=wishlist, product_id=product_id)
    if variant_id is not None:
        items = items.filter(Q(variant_id=variant_id) | Q(variant_id__isnull=True))
    return items.update(removed_at=moment)


@transaction.atomic
def put_back(wishlist: Wishlist, item_pk: int, *, moment: datetime.datetime) -> WishlistItem:
    """Undo taking it off. Raises `WishlistItem.DoesNotExist`, also when the day is over."""
    _touch(wishlist, moment)
    item = WishlistItem.objects.get(wishlist=wishlist, pk=item_pk)
    item.removed_at = None
    item.save(update_fields=["removed_at"])
    return item


def share(wishlist: Wishlist, *, moment: datetime.datetime) -> str:
    """The secret under which others may read the list; the same until it is revoked."""
    fresh = Wishlist.objects.filter(pk=wishlist.pk, share_token__isnull=True)
    fresh.update(share_token=ids.secret_token(), updated_at=moment)
    wishlist.refresh_from_db()
    return str(wishlist.share_token)


def revoke(wishlist: Wishlist, *, moment: datetime.datetime) -> None:
    """The link that was given away leads nowhere any more."""
    Wishlist.objects.filter(pk=wishlist.pk).update(share_token=None, updated_at=moment)


@transaction.atomic
def claim(
    customer: Customer, guest_list: Wishlist | None, *, moment: datetime.datetime
) -> Wishlist | None:
    """The customer's list after signing in, with everything from the guest's list.

    What is on both stays once, as the customer noted it; a link that the guest gave away keeps
    working unless the customer has given one away, too. Signing in twice changes nothing. A list of
    another customer is never taken. `None` where there is neither list.
    """
    own = of(customer)
    if guest_list is None or guest_list.customer_id is not None:
        return own
    own = own or create(customer=customer, moment=moment)
    both = locks.locked(Wishlist.objects.filter(pk__in=[own.pk, guest_list.pk]))
    lists = {one.pk: one for one in both}
    if guest_list.pk not in lists:  # taken along in another window at this very moment
        return own
    _bring(lists[guest_list.pk], lists[own.pk])
    share_token = lists[own.pk].share_token or lists[guest_list.pk].share_token
    Wishlist.objects.filter(pk=guest_list.pk).delete()
    Wishlist.objects.filter(pk=own.pk).update(share_token=share_token, updated_at=moment)
    own.refresh_from_db()
    return own


def _bring(guest_list: Wishlist, own: Wishlist) -> None:
    noted = {(one.product_id, one.variant_id): one for one in own.items.all()}
    for item in guest_list.items.present().order_by("pk"):
        same = noted.get((item.product_id, item.variant_id))
        if same is None:
            WishlistItem.objects.filter(pk=item.pk).update(wishlist=own)
        elif same.removed_at is not None:
            WishlistItem.objects.filter(pk=same.pk).update(removed_at=None)


def forget_untouched(before: datetime.datetime) -> int:
    """Delete guests' lists that nobody touched since `before`. Returns how many rows went."""
    return Wishlist.objects.of_guests().untouched_since(before).delete()[0]


def forget_removed(moment: datetime.datetime) -> int:
    """Delete what was taken off more than a day ago. Returns how many rows went."""
    return WishlistItem.objects.removed_before(moment - UNDO_FOR).delete()[0]
