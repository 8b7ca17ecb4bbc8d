"""The page of a product says what it lacks, and refuses to take from what is on sale.

An edit that would leave a product on sale without mandatory data is refused as a whole, with the
reason at its field and everything that was typed still there: a slip never takes goods offline.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from catalog import products
from catalog.attributes import completeness
from catalog.law import gate
from catalog.models import Product, ProductStatus
from shop.kit import clock

_NAMED = 5


class WouldLack(Exception):
    """The edit takes mandatory data from a product that is on sale."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("; ".join(missing.values()))
        self.missing = missing


class HeldBack(admin.SimpleListFilter):
    """Products that could not go live at their time."""

    title = gettext_lazy("held back")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("could not go live"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.exclude(publish_problem="") if self.value() == "yes" else queryset


class _Refusing:
    """For pages whose edit may leave a gap on sale; `remember` keeps what was missing before."""

    def remember(self, request: HttpRequest, object_id: str) -> None:
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Try to save; when that would leave a gap, show the form again with the reasons."""
        if request.method == "POST" and object_id:
            self.remember(request, object_id)
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
            except WouldLack as problem:
                request.refusal = problem.missing  # type: ignore[attr-defined]
                for files in request.FILES.lists():
                    for file in files[1]:
                        file.seek(0)
        return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]


class Gated(_Refusing):
    """For the page of products."""

    def remember(self, request: HttpRequest, object_id: str) -> None:
        """What a product on sale lacks already: an edit need not mend it."""
        product = Product.objects.filter(pk=object_id, status=ProductStatus.ACTIVE).first()
        if product is not None:
            request.lacked_before = set(products.missing(product, clock.now()))  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)  # type: ignore[misc]
        form.refusal = getattr(request, "refusal", {})
        form.wanted = _wanted(request, obj) if obj and request.method == "GET" else {}
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Everything is written by now: look at it as shoppers would find it."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        before = getattr(request, "lacked_before", None)
        if before is not None:
            product = Product.objects.get(pk=form.instance.pk)
            wanted = products.missing(product, clock.now())
            # A new variant gets its price on the next page; until then nobody can buy it.
            wanted.pop("prices", None)
            new = {field: text for field, text in wanted.items() if field not in before}
            if "product_type" in form.changed_data:
                # Its attributes get their fields by this very edit.
                new = {f: text for f, text in new.items() if not f.startswith(completeness.FIELD)}
            if new:
                raise WouldLack(new)

    @display(description=gettext_lazy("before it goes live"))
    def wanted_now(self, product: Product) -> str:
        """The list of what is missing; also why it was held back."""
        if not product.pk:
            return "–"
        wanted = products.missing(product, clock.now())
        rows = [(gate.name_of(field), text) for field, text in wanted.items()]
        items = format_html_join("", "<li><b>{}</b>: {}</li>", rows)
        found = format_html("<ul>{}</ul>", items) if rows else _("Nothing is missing.")
        if product.publish_problem:
            return format_html("{}<p>{} {}</p>", found, _("Held back:"), product.publish_problem)
        return found


def _wanted(request: HttpRequest, product: Product) -> dict[str, str]:
    kept: dict[str, str] | None = getattr(request, "wanted", None)
    if kept is None:
        kept = products.missing(product, clock.now())
        request.wanted = kept  # type: ignore[attr-defined]
    return kept


class KeepsSold(_Refusing):
    """For pages of what products name (`products_by`): a maker, a type. Their edit is refused like
    one of the product itself where it would leave products on sale with a new gap.
    """

    products_by = ""

    def remember(self, request: HttpRequest, object_id: str) -> None:
        request.lacked_before = self._gaps(object_id)  # type: ignore[attr-defined]

    def _gaps(self, key: Any) -> dict[int, set[str]]:
        """What each product on sale lacks."""
        rows = Product.objects.filter(**{self.products_by: key}, status=ProductStatus.ACTIVE)
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        return {one.pk: set(wanted.values()) for one, wanted in gate.incomplete(ids, clock.now())}

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)  # type: ignore[misc]
        refusal = getattr(request, "refusal", {})
        return type(form.__name__, (_RefusedForm, form), {"refusal": refusal}) if refusal else form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Everything is written by now: look at the products as shoppers would find them."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        before = getattr(request, "lacked_before", None)
        if before is None:
            return
        now = self._gaps(form.instance.pk)
        new = {pk: texts - before.get(pk, set()) for pk, texts in now.items()}
        if gaps := {pk: texts for pk, texts in new.items() if texts}:
            raise WouldLack({"products": _named(gaps)})


class _RefusedForm:
    """Says above the form why it was not saved."""

    refusal: Mapping[str, str] = {}

    def clean(self) -> Any:
        given = super().clean()  # type: ignore[misc]
        for text in self.refusal.values():
            self.add_error(None, text)  # type: ignore[attr-defined]
        return given


def _named(gaps: Mapping[int, set[str]]) -> str:
    """The products that would lack something, some of them by name, and what."""
    names = [str(one) for one in Product.objects.filter(pk__in=list(gaps)[:_NAMED]).order_by("pk")]
    if more := len(gaps) - len(names):
        names.append(_("%(count)d more") % {"count": more})
    why = " ".join(sorted({text for texts in gaps.values() for text in texts})[:_NAMED])
    text = _("These products are on sale and would lack something: %(names)s. %(why)s")
    return text % {"names": ", ".join(names), "why": why}
