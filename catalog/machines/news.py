"""What is new in the shop, as RSS 2.0: the newest products with picture, price and base price."""

import datetime
import hashlib
from collections.abc import Sequence

from django.db import connection
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalog import browsing, cards, pricing
from catalog.models import Product, ProductPicture
from catalog.models.picture import rendition_url
from shop.kit import languages

SIZE = 40
_WIDTH = 640

_LAST = """
SELECT max(turn) FROM (
    SELECT greatest(changed_at, published_at) AS turn FROM catalog_product WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT greatest(lower(price.valid), CASE WHEN upper(price.valid) <= %(moment)s
                                             THEN upper(price.valid) END)
    FROM catalog_price AS price JOIN catalog_variant AS variant ON variant.id = price.variant_id
    WHERE variant.product_id = ANY(%(ids)s) AND lower(price.valid) <= %(moment)s
) AS turns WHERE turn <= %(moment)s
"""


def rows(moment: datetime.datetime) -> list[browsing.Row]:
    """The newest products; one statement."""
    return browsing.newest(moment, size=SIZE)


def mark(some: Sequence[browsing.Row], *, is_exempt: bool) -> str:
    """Another text for each other content: products, their revisions, prices, and their note."""
    facts = [
        languages.active(),
        is_exempt,
        *((row.pk, row.revision, row.lowest_gross) for row in some),
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:24]


def last_change(some: Sequence[browsing.Row], moment: datetime.datetime) -> datetime.datetime:
    """When a word or a price among these last changed; `moment` where there is nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {"ids": [row.pk for row in some], "moment": moment})
        found: datetime.datetime | None = cursor.fetchone()[0]
    return found or moment


def written(
    some: Sequence[browsing.Row],
    *,
    moment: datetime.datetime,
    site_url: str,
    shop_name: str,
    home: str,
    own: str,
    is_exempt: bool,
) -> str:
    """The feed in the active language; `home` and `own` are the paths of home page and feed.

    `is_exempt`: no VAT is told beside the price (§ 19 UStG).
    """
    feed = Rss201rev2Feed(
        title=_("New at %(shop)s") % {"shop": shop_name},
        link=site_url + home,
        description=_("The newest goods, with prices."),
        language=languages.active(),
        feed_url=site_url + own,
        ttl=60,
    )
    ids = [row.pk for row in some]
    products = Product.objects.select_related("category", "brand").in_bulk(ids)
    prices = _prices(products, moment, is_exempt)
    pictures = _pictures(ids)
    for product in (products[pk] for pk in ids if pk in products):
        feed.add_item(
            title=product.name,
            link=site_url + product.get_absolute_url(),
            description=_words(product, prices.get(product.pk), pictures.get(product.pk), site_url),
            unique_id=f"{site_url}/product/{product.pk}",
            unique_id_is_permalink=False,
            pubdate=product.published_at,
            updateddate=product.changed_at,
            categories=[product.category.name],
        )
    return feed.writeString("utf-8")


def _words(product: Product, price: str | None, picture: str | None, site_url: str) -> str:
    image = format_html('<p><img src="{}" alt=""></p>', site_url + picture) if picture else ""
    cost = format_html("<p>{}</p>", price) if price else ""
    return format_html("{}<p>{}</p>{}", image, product.summary, cost)


def _prices(
    products: dict[int, Product], moment: datetime.datetime, is_exempt: bool
) -> dict[int, str]:
    """By product the price that its card shows, with what must stand beside it."""
    variants = list(browsing.buyable_variants(products))
    prices = pricing.price_of([one.pk for one in variants], moment)
    found: dict[int, str] = {}
    for pk, product in products.items():
        priced = [one for one in variants if one.product_id == pk and one.pk in prices]
        if not priced:
            continue
        cheapest = min(priced, key=lambda one: (prices[one.pk].gross, one.position))
        texts = cards.price_texts(prices[cheapest.pk], cheapest, languages.active())
        is_from = len({prices[one.pk].gross for one in priced}) > 1
        note = _note(cards.price_note(product), is_exempt)
        found[pk] = _sentence(texts, is_from=is_from, note=note)
    return found


def _note(kind: str, is_exempt: bool) -> str:
    """In words what `cards.price_note` means, as components/price_note.html says it."""
    if kind == "voucher":
        return _("without VAT until you redeem it, no shipping")
    if kind == "digital":
        return _("no VAT (§ 19 UStG), no shipping") if is_exempt else _("incl. VAT, no shipping")
    return _("no VAT (§ 19 UStG), plus shipping") if is_exempt else _("incl. VAT, plus shipping")


def _sentence(texts: dict[str, str], *, is_from: bool, note: str) -> str:
    price = _("from %(price)s") % {"price": texts["price"]} if is_from else texts["price"]
    parts = [price]
    if texts["base_price"]:
        parts.append(f"({texts['base_price']})")
    parts.append(note)
    if texts["price_before"]:
        lowest = _("Lowest price of the last 30 days: %(price)s")
        parts.append(f"· {lowest % {'price': texts['price_before']}}")
    return " ".join(parts)


def _pictures(ids: list[int]) -> dict[int, str]:
    rows = ProductPicture.objects.filter(product_id__in=ids)
    first = rows.order_by("product_id", "position", "pk").distinct("product_id")
    values = first.values_list("product_id", "key", "renditions", "widths")
    return {pk: rendition_url(key, made, widths, _WIDTH) for pk, key, made, widths in values}
