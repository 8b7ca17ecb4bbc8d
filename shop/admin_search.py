"""What the admin's search field finds: orders by number or e-mail, goods by name, SKU or GTIN."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.dataclasses import SearchResult

from catalog.models import Product, Variant
from orders.models import Order
from shop import admin_home

LIMIT = 8


def find(request: HttpRequest, term: str) -> list[SearchResult]:
    """At most 8 orders, 8 variants and 8 products that this person may see; the exact first.

    Unfold keeps the answers in the cache for some minutes, so they carry no personal data.
    """
    return [*_orders(request, term), *_variants(request, term), *_products(request, term)]


def _orders(request: HttpRequest, term: str) -> Iterator[SearchResult]:
    if not (admin_home.may_see(request, "orders.order") and admin_home.link_to("orders.order")):
        return
    rows = Order.objects.filter(Q(number__istartswith=term) | Q(email__iexact=term))
    for order in rows.newest_first()[:LIMIT]:
        yield SearchResult(
            title=order.number,
            description=" · ".join([_("Order"), order.get_status_display()]),
            link=reverse("admin:orders_order_change", args=[order.pk]),
            icon="receipt_long",
        )


def _variants(request: HttpRequest, term: str) -> Iterator[SearchResult]:
    if not admin_home.may_see(request, "catalog.variant"):
        return
    rows = Variant.objects.filter(Q(sku__istartswith=term) | Q(gtin=term))
    for variant in rows.select_related("product").order_by("sku")[:LIMIT]:
        yield SearchResult(
            title=variant.sku,
            description=f"{variant.product.name} {variant.label}".strip(),
            link=reverse("admin:catalog_variant_change", args=[variant.pk]),
            icon="style",
        )


def _products(request: HttpRequest, term: str) -> Iterator[SearchResult]:
    if not admin_home.may_see(request, "catalog.product"):
        return
    rows = Product.objects.filter(Q(name_de__icontains=term) | Q(name_en__icontains=term))
    for product in rows.order_by("pk")[:LIMIT]:
        yield SearchResult(
            title=product.name,
            description=" · ".join([_("Product"), product.get_status_display()]),
            link=reverse("admin:catalog_product_change", args=[product.pk]),
            icon="inventory_2",
        )
