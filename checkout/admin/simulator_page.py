"""The simulator: this cart, this person, this moment: what applies, and why the rest does not."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from checkout import delivery, placing, presenting, simulating
from checkout.admin.simulator_forms import SimulatorForm
from checkout.models import Kind
from checkout.promotions import telling
from shop import staff_pages
from shop.kit import languages, money


def page(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask, and answer below; nothing is changed."""
    form = SimulatorForm(request.POST if request.method == "POST" else None)
    result = None
    if request.method == "POST" and form.is_valid():
        result = _answer(simulating.simulate(form.question()))
    return staff_pages.ask(
        admin,
        request,
        title=_("Simulate a cart"),
        form=form,
        text=_("Nothing is ordered or kept. Stock and limits are those of this moment."),
        submit_text=_("Simulate"),
        back_url=reverse("admin:checkout_promotion_changelist"),
        template="admin/checkout/simulator.html",
        result=result,
    )


def _answer(prepared: placing.Prepared) -> dict[str, Any]:
    quote, outcome = prepared.quote, prepared.outcome
    names = {
        line.item.line_id: f"{line.item.name} {line.item.label}".strip() for line in quote.lines
    }
    delivery_names = {one.code: one.name for one in delivery.rules().methods}
    return {
        "lines": [
            {
                "name": names[line.item.line_id],
                "sku": line.item.sku,
                "quantity": line.item.quantity,
                "gross": _text(line.gross),
                "discount": _text(-line.discount_gross) if line.discount_gross else "",
                "payable": _text(line.payable_gross),
            }
            for line in quote.lines
        ],
        "applied": [_applied(number, one, names) for number, one in enumerate(outcome.applied, 1)],
        "refused": [
            {
                "name": no.promotion.name,
                "code": no.promotion.coupon_code,
                "reason": telling.reason(no, delivery_names=delivery_names),
            }
            for no in outcome.refused
        ],
        "unknown": list(prepared.live.unknown),
        "totals": presenting.totals(quote),
    }


def _applied(number: int, one: Any, names: Mapping[int, str]) -> dict[str, Any]:
    shares = [f"{names[line]}: {_text(-gross)}" for line, gross in one.allocations.items()]
    if one.shipping:
        shares.append(f"{_('Delivery')}: {_text(-one.shipping)}")
    return {
        "number": number,
        "name": one.promotion.name,
        "code": one.promotion.coupon_code,
        "kind": Kind(one.promotion.kind.value).label,
        "priority": one.promotion.priority,
        "gross": _text(-one.gross),
        "shares": shares,
    }


def _text(value: Decimal) -> str:
    return money.formatted(value, "EUR", languages.active())
