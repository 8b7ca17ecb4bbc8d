"""A wishlist in ready words: what it is, what it costs now and cost then, whether it can be had."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from babel import dates
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import browsing, cards, pricing
from catalog.models import Variant
from discovery.models import Wishlist, WishlistItem
from discovery.wishlists import lists
from shop.kit import languages, money


class Shelf:
    """The items of a list with all that is known of them, in five statements."""

    def __init__(self, wishlist: Wishlist, moment: datetime.datetime) -> None:
        self.moment = moment
        self.items = list(
            wishlist.items.present()
            .select_related("product__brand", "variant")
            .order_by("-added_at", "-pk")
        )
        self._choices = self._variants()
        ids = self.variant_ids
        self.prices: Mapping[int, pricing.CurrentPrice] = pricing.price_of(ids, moment)
        self.pictures = browsing.picture_urls(ids, width=320) if ids else {}

    def _variants(self) -> dict[int, list[Variant]]:
        """Item → what could be bought of it: its variant, or all of its product."""
        open_ones = {item.product_id for item in self.items if item.variant_id is None}
        of_product: dict[int, list[Variant]] = {}
        for variant in browsing.buyable_variants(open_ones) if open_ones else ():
            of_product.setdefault(variant.product_id, []).append(variant)
        return {
            item.pk: [item.variant] if item.variant else of_product.get(item.product_id, [])
            for item in self.items
        }

    @property
    def variant_ids(self) -> list[int]:
        return [one.pk for choices in self._choices.values() for one in choices]

    @property
    def wished(self) -> lists.Wished:
        """The same as the header counts it."""
        pairs = frozenset((item.product_id, item.variant_id) for item in self.items)
        return lists.Wished(pairs=pairs)

    def rows(self, free: Mapping[int, Any]) -> list[dict[str, Any]]:
        """Each item, the newest first; `free` is the availability of `variant_ids`."""
        language = languages.active()
        return [self._row(item, self._choices[item.pk], free, language) for item in self.items]

    def _row(
        self,
        item: WishlistItem,
        choices: Sequence[Variant],
        free: Mapping[int, Any],
        language: str,
    ) -> dict[str, Any]:
        product, variant = item.product, item.variant
        priced = [one for one in choices if one.pk in self.prices and one.is_active]
        is_live = product.is_live(self.moment) and bool(priced)
        is_available = is_live and any(free[one.pk].is_available for one in priced)
        cheapest = min(priced, key=lambda one: self.prices[one.pk].gross, default=None)
        query = f"?variant={variant.sku}" if variant else ""
        return {
            "pk": str(item.pk),
            "name": languages.localized(product, "name", language),
            "brand": product.brand.name if product.brand else "",
            "label": languages.localized(variant, "label", language) if variant else "",
            "url": f"{product.get_absolute_url()}{query}" if is_live else "",
            "picture": next(
                (self.pictures[one.pk] for one in choices if one.pk in self.pictures), ""
            ),
            "price": self._price(cheapest, priced, language) if is_live and cheapest else None,
            "price_note": cards.price_note(product),
            "was_text": self._was(item, cheapest, language) if is_live else "",
            "state": "available" if is_available else "sold_out" if is_live else "gone",
            "can_move": is_available and variant is not None and not product.engraving_length,
            "removal_url": reverse("discovery:item_removal", args=[item.pk]),
            "cart_url": reverse("discovery:item_to_cart", args=[item.pk]),
        }

    def _price(self, cheapest: Variant, priced: Sequence[Variant], language: str) -> dict[str, Any]:
        texts: dict[str, Any] = cards.price_texts(self.prices[cheapest.pk], cheapest, language)
        return texts | {"is_from": len({self.prices[one.pk].gross for one in priced}) > 1}

    def _was(self, item: WishlistItem, cheapest: Variant | None, language: str) -> str:
        """What it cost when it was noted, where that is not what it costs now."""
        then = item.gross_when_added
        if then is None or cheapest is None or self.prices[cheapest.pk].gross == then:
            return ""
        day = timezone.localtime(item.added_at).date()
        return _("%(price)s when you added it on %(day)s") % {
            "price": money.formatted(then, item.currency, language),
            "day": dates.format_skeleton("MMMd", day, locale=languages.region(language)),
        }
