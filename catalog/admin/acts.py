"""What staff do with products: a page that asks, then one call of a process module."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import copies, products
from catalog.law import gate
from catalog.models import Product, ProductStatus
from shop import staff_pages
from shop.kit import clock


def product_of(page: ModelAdmin, request: HttpRequest, object_id: str) -> Product:
    """The product that the address names. Raises `Http404`."""
    product = page.get_object(request, object_id)
    if product is None:
        raise Http404
    return product


def address_of(product: Product) -> str:
    return reverse("admin:catalog_product_change", args=[product.pk])


def publish(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what is wanted before the product may be sold; publish it when nothing is."""
    product = product_of(page, request, object_id)
    moment = clock.now()
    missing = products.missing(product, moment)
    if request.method == "POST":
        try:
            products.publish(product, moment=moment)
        except products.NotReady as problem:
            missing = problem.missing
        else:
            text = _("“%(name)s” is on sale.") % {"name": product}
            page.log_change(request, product, text)
            messages.success(request, text)
            return redirect(address_of(product))
    return _ask(
        page,
        request,
        product,
        title=_("Publish: %(name)s") % {"name": product},
        submit_text=_("Publish"),
        template="admin/catalog/publish.html",
        wanted=[(gate.name_of(field), text) for field, text in missing.items()],
        is_refused=bool(missing),
    )


def archive(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask, then take the product offline."""
    product = product_of(page, request, object_id)
    if request.method == "POST":
        products.archive(product)
        text = _("“%(name)s” is offline.") % {"name": product}
        page.log_change(request, product, text)
        messages.success(request, text)
        return redirect(address_of(product))
    return _ask(
        page,
        request,
        product,
        title=_("Take offline: %(name)s") % {"name": product},
        submit_text=_("Take offline"),
        text=_("Shoppers no longer find it. Orders stay as they are; publishing brings it back."),
    )


def duplicate(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask, then open the copy."""
    product = product_of(page, request, object_id)
    if request.method == "POST":
        copy = copies.duplicate(product)
        text = _("Copied from “%(name)s”.") % {"name": product}
        page.log_addition(request, copy, text)
        messages.success(request, _("This is the copy. Prices and stock are not copied."))
        return redirect(address_of(copy))
    return _ask(
        page,
        request,
        product,
        title=_("Duplicate: %(name)s") % {"name": product},
        submit_text=_("Make a draft"),
        text=_(
            "Texts, options, variants, pictures and files are copied; prices and stock are not."
        ),
    )


def publish_all(page: ModelAdmin, request: HttpRequest, rows: QuerySet[Product]) -> None:
    """Publish what is ready; say of each other one what is wanted."""
    count = 0
    for product in rows.exclude(status=ProductStatus.ACTIVE).order_by("pk"):
        try:
            products.publish(product, moment=clock.now())
        except products.NotReady as problem:
            wanted = "; ".join(
                f"{gate.name_of(field)}: {text}" for field, text in problem.missing.items()
            )
            page.message_user(request, f"{product}: {wanted}", messages.ERROR)
        else:
            page.log_change(request, product, _("Published."))
            count += 1
    text = ngettext("%(count)d product is on sale.", "%(count)d products are on sale.", count)
    page.message_user(request, text % {"count": count}, messages.SUCCESS)


def archive_all(page: ModelAdmin, request: HttpRequest, rows: QuerySet[Product]) -> None:
    """Take all of them offline."""
    count = 0
    for product in rows.exclude(status=ProductStatus.ARCHIVED).order_by("pk"):
        products.archive(product)
        page.log_change(request, product, _("Taken offline."))
        count += 1
    text = ngettext("%(count)d product is offline.", "%(count)d products are offline.", count)
    page.message_user(request, text % {"count": count}, messages.SUCCESS)


def _ask(
    page: ModelAdmin, request: HttpRequest, product: Product, *, title: str, **context: Any
) -> HttpResponse:
    response = staff_pages.ask(
        page,
        request,
        title=title,
        form=staff_pages.AskForm(),
        back_url=address_of(product),
        **context,
    )
    if request.method == "POST":
        response.status_code = 422
    return response
