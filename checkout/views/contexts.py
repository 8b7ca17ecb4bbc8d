"""What the pages of the checkout show, put together from form, quote and choices."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import addresses
from accounts.models import Customer
from catalog.law import guarantees
from checkout import carts, delivery, placing, presenting, seen
from checkout.forms import CheckoutForm
from checkout.models import Cart
from orders import payments
from orders.money import paying
from shop import chrome
from shop.kit import countries, languages, money

type Problem = placing.CannotPlace | paying.TooMany


def checkout_form(
    request: HttpRequest, cart: Cart, moment: datetime.datetime
) -> tuple[CheckoutForm, placing.Prepared]:
    """The form with what is on offer for the country that is chosen, and the cart quoted for it."""
    data = request.POST if request.method == "POST" else None
    rules = delivery.rules()
    typed: Mapping[str, str] = data.dict() if data is not None else {}
    prepared = placing.prepare(
        cart,
        moment=moment,
        country=typed.get("country", ""),
        postcode=typed.get("postcode", ""),
        delivery_method=typed.get("delivery_method", ""),
        delivery_rules=rules,
    )
    if prepared.quote.delivery is None and prepared.offers:
        prepared = placing.with_delivery(prepared, prepared.offers[0].delivery)
    paying = [(method.code, method.name) for method in _payable(prepared)]
    offers = [(offer.delivery.code, offer.delivery.name) for offer in prepared.offers]
    form = CheckoutForm(
        data,
        initial=_initial(request, cart, [code for code, _name in offers], paying),
        countries=[(code, countries.name_of(code)) for code in delivery.countries(rules)],
        delivery_methods=offers,
        payment_methods=paying,
        fitting={method.code for method in placing.payment_methods(prepared)},
        has_digital=placing.needs_digital_consent(prepared.quote),
    )
    return form, prepared


def _payable(prepared: placing.Prepared) -> list[payments.Method]:
    """The ways to pay that go with some delivery on offer: the page shows both side by side."""
    return payments.methods(delivery_kinds={offer.kind for offer in prepared.offers})


def _initial(
    request: HttpRequest, cart: Cart, offers: list[str], paying: list[tuple[str, str]]
) -> dict[str, Any]:
    """What was typed before; for a customer the default address; the first way of each choice."""
    known: dict[str, Any] = dict(cart.contact)
    if not known and isinstance(request.user, Customer):
        known["email"] = request.user.email
        address = addresses.default_for(request.user)
        if address is not None:
            for field in ("name", "street", "extra", "postcode", "city", "country"):
                known[field] = getattr(address, field)
    known["delivery_method"] = (
        cart.delivery_method if cart.delivery_method in offers else next(iter(offers), "")
    )
    codes = [code for code, _name in paying]
    known["payment_method"] = (
        cart.payment_method if cart.payment_method in codes else next(iter(codes), "")
    )
    return known


def save(cart: Cart, choices: dict[str, Any], moment: datetime.datetime) -> None:
    """Keep what the form checked."""
    contact = dict(choices)
    carts.save_choices(
        cart,
        delivery_method=contact.pop("delivery_method"),
        payment_method=contact.pop("payment_method"),
        contact=contact,
        moment=moment,
    )


def checkout_page(
    request: HttpRequest, form: CheckoutForm, prepared: placing.Prepared
) -> dict[str, Any]:
    quote = prepared.quote
    chosen = _offered(prepared, str(form["delivery_method"].value() or ""))
    paying = str(form["payment_method"].value() or "")
    errors = [
        {"field_id": form[name].auto_id if name in form.fields else "", "text": str(text)}
        for name, texts in form.errors.items()
        for text in texts
    ]
    return {
        "page": chrome.page(request, title=_("Checkout"), robots="noindex")
        | {"has_errors": bool(errors)},
        "form": form,
        "errors": errors,
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
        "cart_url": reverse("checkout:cart"),
        "login_url": "" if request.user.is_authenticated else _login_url(),
        "privacy_url": reverse("legal", args=["privacy"]),
    }


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
    contact = cart.contact
    place = f"{contact['postcode']} {contact['city']}"
    lines = [contact["name"], contact["street"], contact.get("extra", ""), place]
    payment = {method.code: method for method in placing.payment_methods(prepared)}.get(
        cart.payment_method
    )
    notes = presenting.withdrawal_notes(quote.lines)
    if contact.get("digital_consent"):
        notes.append(_("You agreed that the delivery of the digital content begins at once."))
    return {
        "page": chrome.page(request, title=_("Review and order"), robots="noindex"),
        "contact": {
            "email": contact["email"],
            "address_lines": [
                *filter(None, lines),
                countries.name_of(contact["country"]),
            ],
        },
        "delivery": {
            "name": quote.delivery.name if quote.delivery else "",
            "price": presenting.charged(quote),
            "arrival_text": presenting.arrival(quote.delivery) if quote.delivery else "",
        },
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
        "withdrawal_notes": notes,
        "has_withdrawal_right": presenting.has_withdrawal_right(quote.lines),
        "agreed_total": str(quote.total_gross),
        "token": str(cart.placement_token),
        "seen_digest": seen.digest(cart, quote),
        "place_url": reverse("checkout:place"),
        "checkout_url": reverse("checkout:checkout"),
        "cart_url": reverse("checkout:cart"),
        "terms_url": reverse("legal", args=["terms"]),
        "withdrawal_url": reverse("legal", args=["withdrawal"]),
        "privacy_url": reverse("legal", args=["privacy"]),
        "guarantee_url": reverse("legal", args=["guarantee"]),
        "guarantee_notice": guarantees.notice(),
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
