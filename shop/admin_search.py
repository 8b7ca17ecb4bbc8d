"""What the admin's search field finds, by the rights of who asks.

Orders by number, mail or number of a shipment, goods by name, SKU or EAN, customers by mail or
name, invoices, returns, withdrawals and cases by number. What fits exactly is an `exact` hit: the
search page leads there at once. Without JavaScript the page is all there is, with it the palette.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.dataclasses import SearchResult

from accounts.models import Customer
from catalog.models import Product, Variant
from orders.models import Document, Order, Return, Withdrawal
from shop import admin_home
from support.models import Case

LIMIT = 8
SHORTEST = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """`exact` names the fields by which a row is found at once, `others` lookups of likeness.

    `opens` names the field of the row that has the page: a return opens its order where it has no
    page of its own. `is_personal`: the words of the row name somebody.
    """

    model: str
    rows: QuerySet[Any]
    exact: tuple[str, ...]
    others: tuple[str, ...]
    icon: str
    word: str | Promise
    via: tuple[str, str] = ("", "")
    is_personal: bool = False


_TO_ORDER = ("orders.order", "order_id")


def _kinds() -> list[Kind]:
    orders = Order.objects.newest_first()
    return [
        Kind(
            "orders.order",
            orders,
            ("number__iexact", "email__iexact", "fulfilments__tracking_number__iexact"),
            ("number__istartswith",),
            "receipt_long",
            gettext_lazy("Order"),
        ),
        Kind(
            "catalog.variant",
            Variant.objects.select_related("product").order_by("sku"),
            ("sku__iexact", "gtin__exact"),
            ("sku__istartswith",),
            "style",
            gettext_lazy("Variant"),
        ),
        Kind(
            "catalog.product",
            Product.objects.order_by("pk"),
            (),
            ("name_de__icontains", "name_en__icontains"),
            "inventory_2",
            gettext_lazy("Product"),
        ),
        Kind(
            "accounts.customer",
            Customer.objects.order_by("email"),
            ("email__iexact",),
            ("name__icontains",),
            "person",
            gettext_lazy("Customer"),
            is_personal=True,
        ),
        _numbered("orders.document", Document.objects, "description", gettext_lazy("Document")),
        _numbered("orders.return", Return.objects, "undo", gettext_lazy("Return")),
        _numbered("orders.withdrawal", Withdrawal.objects, "gavel", gettext_lazy("Withdrawal")),
        _numbered(
            "support.case", Case.objects, "support_agent", gettext_lazy("Case"), via=("", "")
        ),
    ]


def _numbered(
    model: str, rows: Any, icon: str, word: Promise, via: tuple[str, str] = _TO_ORDER
) -> Kind:
    named = rows.order_by("-pk")
    return Kind(model, named, ("number__iexact",), ("number__istartswith",), icon, word, via)


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found, in words, with the page that shows it."""

    title: str
    description: str
    link: str
    icon: str
    is_exact: bool
    is_personal: bool


def hits(request: HttpRequest, term: str) -> Iterator[Hit]:
    """At most 8 of each kind that this person may see; the exact ones of a kind first."""
    term = term.strip()
    if len(term) < SHORTEST:
        return
    for kind in _kinds():
        if admin_home.may_see(request, kind.model) or (
            kind.via[0] and admin_home.may_see(request, kind.via[0])
        ):
            yield from _of(kind, term)


def _of(kind: Kind, term: str) -> Iterator[Hit]:
    seen: set[Any] = set()
    for lookups, is_exact in ((kind.exact, True), (kind.others, False)):
        if not lookups:
            continue
        wanted = Q()
        for lookup in lookups:
            wanted |= Q(**{lookup: term})
        for row in kind.rows.filter(wanted).distinct()[:LIMIT]:
            link = _link(kind, row)
            if row.pk not in seen and link and len(seen) < LIMIT:
                seen.add(row.pk)
                title, description = _words(kind, row)
                yield Hit(title, description, link, kind.icon, is_exact, kind.is_personal)


def _link(kind: Kind, row: Any) -> str:
    """The page of the row, or of the order that it belongs to; empty: nowhere."""
    via, field = kind.via
    pairs = [(kind.model, row.pk), (via, getattr(row, field, None) if field else None)]
    for model, key in pairs:
        if model and key:
            try:
                return reverse(f"admin:{model.replace('.', '_')}_change", args=[key])
            except NoReverseMatch:
                continue
    return ""


def _words(kind: Kind, row: Any) -> tuple[str, str]:
    word = str(kind.word)
    if isinstance(row, Order):
        return row.number, f"{word} · {row.get_status_display()}"
    if isinstance(row, Variant):
        return row.sku, f"{row.product.name} {row.label}".strip()
    if isinstance(row, Product):
        return row.name, f"{word} · {row.get_status_display()}"
    if isinstance(row, Customer):
        return row.email, f"{word} · {row.name}" if row.name else word
    return str(row.number), capfirst(word)


def find(request: HttpRequest, term: str) -> list[SearchResult]:
    """For Unfold's palette, which keeps the answers in the cache for some minutes: so rows that
    name somebody are found by the search page alone, which keeps nothing.
    """
    return [
        SearchResult(title=one.title, description=one.description, link=one.link, icon=one.icon)
        for one in hits(request, term)
        if not one.is_personal
    ]


def page(request: HttpRequest, shared: dict[str, Any]) -> HttpResponse:
    """The search page: leads on at once where exactly one thing fits exactly."""
    term = request.GET.get("q", "")[:120]
    found = list(hits(request, term))
    exact = [one for one in found if one.is_exact]
    if len(exact) == 1:
        return HttpResponseRedirect(exact[0].link)
    context = {**shared, "title": _("Search"), "term": term, "hits": found}
    return render(request, "admin/find.html", context)
