"""The preview of a catalogue promotion: every variant, what it costs then, and why some stay."""

import dataclasses
import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from catalog.models import Reduction, ReductionState, Variant
from catalog.reductions import preview as previewing
from catalog.reductions import writing
from catalog.reductions.planning import Obstacle
from shop import staff_pages
from shop.kit import clock, languages, money

_AT_ONCE = 100


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview in words."""

    name: str
    sku: str
    url: str
    old: str
    prices: list[dict[str, str]]
    obstacle: str


def reduction_of(page: ModelAdmin, request: HttpRequest, object_id: str) -> Reduction:
    """The promotion of a page of an act. Raises `Http404`."""
    reduction = page.get_object(request, object_id)
    if reduction is None:
        raise Http404
    return reduction


def preview(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what would be written; on yes have it written in the background."""
    reduction = reduction_of(page, request, object_id)
    moment = clock.now()
    back_url = reverse("admin:catalog_reduction_change", args=[reduction.pk])
    if request.method == "POST":
        try:
            writing.begin(reduction, moment=moment)
        except writing.NotNow as problem:
            messages.error(request, str(problem))
        else:
            page.log_change(request, reduction, _("Applied."))
            messages.success(request, _("The prices are being written."))
        return redirect(back_url)
    found = previewing.of(reduction, moment=moment)
    part = Paginator(found.rows, _AT_ONCE).get_page(request.GET.get("page"))
    return staff_pages.ask(
        page,
        request,
        title=_("Preview: %(name)s") % {"name": reduction},
        form=staff_pages.AskForm(),
        text=_text(reduction),
        submit_text=_("Write these prices"),
        back_url=back_url,
        template="admin/catalog/reduction.html",
        is_refused=not found.reduced or not _may_begin(reduction, moment),
        reduced=found.reduced,
        left=[(obstacle.label, count) for obstacle, count in found.left.items()],
        lines=_lines(part.object_list),
        part=part,
    )


def _may_begin(reduction: Reduction, moment: datetime.datetime) -> bool:
    is_open = reduction.state in (ReductionState.DRAFT, ReductionState.APPLIED)
    return is_open and not reduction.is_over(moment)


def _text(reduction: Reduction) -> str:
    if reduction.state == ReductionState.DRAFT:
        return _("These are the goods in scope now, and what they would cost.")
    return _(
        "These goods have no price of this promotion: they came into its scope later, or were left "
        "out. Nothing of them changes until you say so."
    )


def _lines(rows: Any) -> list[Line]:
    variants = Variant.objects.select_related("product").in_bulk([row.variant_id for row in rows])
    return [_line(row, variants[row.variant_id]) for row in rows if row.variant_id in variants]


def _line(row: previewing.Row, variant: Variant) -> Line:
    return Line(
        name=" · ".join(filter(None, [variant.product.name, variant.label])),
        sku=variant.sku,
        url=reverse("admin:catalog_product_change", args=[variant.product_id]),
        old=_euros(row.old),
        prices=[_price(one) for one in row.prices],
        obstacle="" if row.obstacle == Obstacle.NONE else str(row.obstacle.label),
    )


def _price(one: previewing.NewPrice) -> dict[str, str]:
    percent = one.shown.percent_off
    return {
        "start": _day(one.start),
        "gross": _euros(one.shown.gross),
        "before": _euros(one.shown.before),
        "badge": f"\N{MINUS SIGN}{percent} %" if percent else _("no badge"),
    }


def _day(moment: datetime.datetime) -> str:
    return str(formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT"))


def _euros(value: Any) -> str:
    return "–" if value is None else money.formatted(value, "EUR", languages.active())
