"""What the pages of the checkout show, put together from form, quote and choices."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import addresses
from accounts.models import Customer
from catalog.law import guarantees
from checkout import (
    cart_cookie,
    carts,
    delivery,
    details_form,
    drafting,
    placing,
    presenting,
    quoting,
    seen,
)
from checkout.details_form import CheckoutForm
from checkout.forms import CouponForm
from checkout.models import Cart
from checkout.promotions import showing
from checkout.sending import fees
from checkout.views import coupons
from orders import payments, receipts
from orders.money import paying
from shop import chrome, legal
from shop.kit import countries, languages, money

type Problem = placing.CannotPlace | paying.TooMany


def checkout_form(
    request: HttpRequest, cart: Cart, moment: datetime.datetime, *, is_checked: bool = True
) -> tuple[CheckoutForm, placing.Prepared]:
    """The form with what is on offer for the address that is typed, and the cart quoted for it.

    With `update` in what was sent it is not checked, only made anew for the chosen country; nor is
    it when it was sent for a coupon (not `is_checked`).
    """
    is_update = "update" in request.POST or not is_checked
    data = request.POST if request.method == "POST" else None
    rules = delivery.rules()
    typed: dict[str, Any] = data.dict() if data is not None else {}
    served = delivery.countries(rules)
    known = typed or _known(request, cart, served)
    country = known.get("country", "")
    prepared = placing.prepare(
        cart,
        moment=moment,
        country=country if countries.is_known(country) else "",
        postcode=known.get("postcode", ""),
        delivery_method=typed.get("delivery_method", ""),
        delivery_rules=rules,
    )
    if prepared.quote.delivery is None and prepared.offers:
        prepared = placing.with_delivery(prepared, prepared.offers[0].delivery)
    paying = [(method.code, method.name) for method in _payable(prepared)]
    form = CheckoutForm(
        None if is_update else data,
        initial=_first_choices(cart, prepared, paying) | known,
        served=[(code, countries.name_of(code)) for code in served],
        refused=delivery.refused_countries(rules),
        outlook=prepared.outlook,
        payment_methods=paying,
        fitting={method.code for method in placing.payment_methods(prepared)},
        has_digital=placing.needs_digital_consent(prepared.quote),
    )
    return form, prepared


def _payable(prepared: placing.Prepared) -> list[payments.Method]:
    """The ways to pay that go with some delivery on offer: the page shows both side by side."""
    return payments.methods(delivery_kinds={offer.kind for offer in prepared.offers})


def _known(request: HttpRequest, cart: Cart, served: Sequence[str]) -> dict[str, Any]:
    """What was typed before; else the country chosen in the cart, and for a customer the address
    there, the default one if none was chosen."""
    if cart.contact:
        return details_form.initial_of(cart.contact)
    chosen = cart_cookie.remembered_country(request)
    known: dict[str, Any] = {"country": chosen} if chosen in served else {}
    if isinstance(request.user, Customer):
        address = addresses.default_for(request.user, country=known.get("country", ""))
        known["email"] = request.user.email
        if address is not None:
            known |= details_form.initial_of_book(address)
    return known


def _first_choices(
    cart: Cart, prepared: placing.Prepared, paying: Sequence[tuple[str, str]]
) -> dict[str, str]:
    """The ways that were chosen before; where they are no longer on offer, the first of each."""
    codes = [code for code, _name in paying]
    paid = cart.payment_method if cart.payment_method in codes else next(iter(codes), "")
    return {
        "delivery_method": _offered(prepared, cart.delivery_method),
        "payment_method": paid,
    }


def save(cart: Cart, form: CheckoutForm, moment: datetime.datetime) -> None:
    """Keep what the form checked."""
    carts.save_choices(
        cart,
        delivery_method=form.cleaned_data["delivery_method"],
        payment_method=form.cleaned_data["payment_method"],
        contact=form.contact(),
        moment=moment,
    )


def checkout_page(
    request: HttpRequest,
    form: CheckoutForm,
    prepared: placing.Prepared,
    coupon_form: CouponForm | None = None,
) -> dict[str, Any]:
    quote = prepared.quote
    chosen = _offered(prepared, str(form["delivery_method"].value() or ""))
    paying = str(form["payment_method"].value() or "")
    errors = [
        {"field_id": form[name].auto_id if name in form.fields else "", "text": str(text)}
        for name in ("__all__", *form.fields)
        for text in form.errors.get(name, ())
    ]
    coupon_form = coupon_form or coupons.checkout_form()
    errors += [
        {"field_id": coupon_form["code"].auto_id, "text": str(text)}
        for text in coupon_form["code"].errors
    ]
    return {
        "page": chrome.page(request, title=_("Checkout"), robots="noindex")
        | {"has_errors": bool(errors)},
        "form": form,
        "rows": form.rows,
        "billing_rows": form.billing_rows,
        "errors": errors,
        "delivery_problem": prepared.outlook.problem,
        "refused_options": [
            {"name": languages.localized(one.method, "name"), "text": one.text}
            for one in prepared.outlook.refused
            if one.reason != fees.Reason.NOT_THERE
        ],
        "delivery_options": presenting.delivery_options(
            placing.charged_offers(prepared), chosen, quote.currency
        ),
        "payment_options": [
            {
                "code": method.code,
                "name": method.name,
                "hint": method.hint,
                "is_selected": method.code == paying,
            }
            for method in _payable(prepared)
        ],
        "summary": {
            "lines": [presenting.line(line, quote.currency) for line in quote.lines],
            "totals": presenting.totals(quote, offers=prepared.offers),
        },
        "total_text": presenting.amount(quote.total_gross, quote.currency),
        "coupons": _codes(prepared),
        "coupon_form": coupon_form,
        "form_id": coupons.CHECKOUT_FORM,
        "cart_url": reverse("checkout:cart"),
        "login_url": "" if request.user.is_authenticated else _login_url(),
        "privacy_url": reverse("legal", args=["privacy"]),
    }


def _codes(prepared: placing.Prepared) -> dict[str, Any]:
    names = {offer.delivery.code: offer.delivery.name for offer in prepared.offers}
    return showing.block(prepared.cart, prepared.outcome, delivery_names=names)


def _offered(prepared: placing.Prepared, chosen: str) -> str:
    """`chosen`, or the first way on offer: another country has other ways than the one before."""
    codes = [offer.delivery.code for offer in prepared.offers]
    return chosen if chosen in codes else next(iter(codes), "")


def _login_url() -> str:
    return f"{reverse('account_login')}?next={reverse('checkout:checkout')}"


def review_page(
    request: HttpRequest, prepared: placing.Prepared, problem: Problem | None
) -> dict[str, Any]:
    quote, cart = prepared.quote, prepared.cart
    payment = {method.code: method for method in placing.payment_methods(prepared)}.get(
        cart.payment_method
    )
    notes = presenting.withdrawal_notes(quote.lines)
    if cart.contact.get("digital_consent"):
        notes.append(_("You agreed that the delivery of the digital content begins at once."))
    return {
        "page": chrome.page(request, title=_("Review and order"), robots="noindex"),
        **_whither(quote, cart.contact),
        "payment": {
            "name": payment.name if payment else "",
            "hint": payment.hint if payment else "",
        },
        "lines": [
            presenting.line(line, quote.currency, problem=_left(line.item.line_id, problem))
            for line in quote.lines
        ],
        "totals": presenting.totals(quote),
        "notice": _notice(problem, prepared),
        "idle_codes": [one for one in _codes(prepared)["codes"] if not one["is_applied"]],
        "withdrawal_notes": notes,
        "has_withdrawal_right": presenting.has_withdrawal_right(quote.lines),
        "agreed_total": str(quote.total_gross),
        "token": str(cart.placement_token),
        "seen_digest": seen.digest(cart, quote),
        "seen_texts": legal.seen(legal.contract_versions(prepared.terms.moment)),
        "place_url": reverse("checkout:place"),
        "checkout_url": reverse("checkout:checkout"),
        "cart_url": reverse("checkout:cart"),
        "terms_url": reverse("legal", args=["terms"]),
        "withdrawal_url": reverse("legal", args=["withdrawal"]),
        "privacy_url": reverse("legal", args=["privacy"]),
        "guarantee_url": reverse("legal", args=["guarantee"]),
        "guarantee_notice": guarantees.notice(),
    }


def _whither(quote: quoting.Quote, contact: dict[str, Any]) -> dict[str, Any]:
    """{contact, delivery}: where goods and bill go, when, and what that costs."""
    chosen, billing = quote.delivery, contact.get("billing")
    where = presenting.place(chosen.place) if chosen else ""
    return {
        "contact": {
            "email": contact["email"],
            "address_lines": receipts.address_lines(drafting.address_of(contact)),
            "billing_lines": receipts.address_lines(drafting.address_of(billing))
            if billing
            else [],
            "is_for_the_bill": bool(where) and not billing,
        },
        "delivery": {
            "name": chosen.name if chosen else "",
            "price": presenting.charged(quote),
            "arrival_text": presenting.arrival(chosen) if chosen else "",
            "place": where,
        },
    }


def _left(line_id: int, problem: Problem | None) -> str:
    """What to say at a line of which too few are left."""
    if not isinstance(problem, placing.Short) or line_id not in problem.lines:
        return ""
    left = problem.lines[line_id]
    return presenting.shortage(left, left + 1)


def _notice(problem: Problem | None, prepared: placing.Prepared) -> str:
    if problem is None:
        return ""
    if isinstance(problem, placing.TotalChanged):
        language, currency = languages.active(), prepared.quote.currency
        return _("The total has changed from %(old)s to %(new)s. Please look at it once more.") % {
            "old": money.formatted(problem.agreed, currency, language),
            "new": money.formatted(problem.total, currency, language),
        }
    if isinstance(problem, placing.Short):
        names = {
            line.item.line_id: f"{line.item.name} {line.item.label}".strip()
            for line in prepared.quote.lines
        }
        parts = [
            f"{names[line_id]}: {presenting.shortage(left, left + 1)}"
            for line_id, left in problem.lines.items()
            if line_id in names
        ]
        return " ".join([problem.message, *parts, _("Nothing was ordered or charged.")])
    return problem.message
