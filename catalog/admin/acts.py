"""What staff do with products: a page that asks, then one call of a process module."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog import products
from catalog.law import gate
from catalog.models import Product, ProductStatus
from catalog.products import copies
from shop import staff_pages
from shop.kit import clock


class PublishForm(staff_pages.AskForm):
    """From when until when; both empty: now, and until somebody takes it offline."""

    start = forms.DateTimeField(
        label=gettext_lazy("from"),
        required=False,
        help_text=gettext_lazy("Empty: from now on."),
        widget=staff_pages.moment_input(),
    )
    end = forms.DateTimeField(
        label=gettext_lazy("until"),
        required=False,
        help_text=gettext_lazy("Empty: until it is taken offline by hand."),
        widget=staff_pages.moment_input(),
    )

    def __init__(self, *args: Any, moment: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and start < self.moment:
            self.add_error("start", _("This lies in the past: leave it empty for now."))
        if end and end <= (start or self.moment):
            self.add_error("end", _("The end lies after the beginning."))
        return given


class PreviewForm(staff_pages.AskForm):
    moment = forms.DateTimeField(
        label=gettext_lazy("as of"),
        required=False,
        help_text=gettext_lazy("Empty: as it is now."),
        widget=staff_pages.moment_input(),
    )


def product_of(page: ModelAdmin, request: HttpRequest, object_id: str) -> Product:
    """The product that the address names. Raises `Http404`."""
    product = page.get_object(request, object_id)
    if product is None:
        raise Http404
    return product


def address_of(product: Product) -> str:
    return reverse("admin:catalog_product_change", args=[product.pk])


def publish(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what is wanted before the product may be sold; publish it, now or later, when nothing
    is.
    """
    product = product_of(page, request, object_id)
    moment = clock.now()
    missing = products.missing(product, moment)
    form = PublishForm(request.POST if request.method == "POST" else None, moment=moment)
    if request.method == "POST" and form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        try:
            products.publish(product, moment=moment, start=start, end=end)
        except products.NotReady as problem:
            missing = problem.missing
        else:
            text = _published(product, moment)
            page.log_change(request, product, text)
            messages.success(request, text)
            return redirect(address_of(product))
    return _ask(
        page,
        request,
        product,
        form=form,
        title=_("Publish: %(name)s") % {"name": product},
        submit_text=_("Publish"),
        template="admin/catalog/publish.html",
        wanted=[(gate.name_of(field), text) for field, text in missing.items()],
        is_refused=bool(missing) and set(missing) != {"prices"},
    )


def _published(product: Product, moment: datetime.datetime) -> str:
    if product.is_live(moment):
        return _("“%(name)s” is on sale.") % {"name": product}
    day = date_format(timezone.localtime(product.published_at), "DATETIME_FORMAT")
    return _("“%(name)s” goes on sale on %(day)s.") % {"name": product, "day": day}


def preview(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask as of when, then show the product's page as shoppers will see it."""
    product = product_of(page, request, object_id)
    form = PreviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moment = form.cleaned_data["moment"] or clock.now()
        wanted = timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
        return redirect(f"{product.get_absolute_url()}?{urlencode({'preview': wanted})}")
    return _ask(
        page,
        request,
        product,
        form=form,
        title=_("Preview: %(name)s") % {"name": product},
        submit_text=_("Show the page"),
        text=_("The page as it will be then, with the prices of then. Shoppers do not see this."),
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
        copy = copies.duplicate(product, moment=clock.now())
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
    page: ModelAdmin,
    request: HttpRequest,
    product: Product,
    *,
    title: str,
    form: staff_pages.AskForm | None = None,
    **context: Any,
) -> HttpResponse:
    response = staff_pages.ask(
        page,
        request,
        title=title,
        form=form or staff_pages.AskForm(),
        back_url=address_of(product),
        **context,
    )
    if request.method == "POST":
        response.status_code = 422
    return response
