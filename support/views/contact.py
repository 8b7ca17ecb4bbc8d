"""The contact form, for everybody: beside an order, or about anything else."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import humans
from accounts.models import Customer
from orders.models import Order
from shop import chrome, legal
from shop.kit import clock, limits, pages
from support import attachments, contacting
from support.forms import ContactForm
from support.models import Case, Topic

SUSPECT_AFTER = 3
_NUMBER = re.compile(r"S-[A-Z0-9]{3}-[A-Z0-9]{4}")


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Write to the shop. `?order=` is the signed link of an order that it is about."""
    customer = _customer(request)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    order = contacting.order_of_token((data or request.GET).get("order", ""))
    form = ContactForm(data, files, is_known=customer is not None, initial=_known(request, order))
    case, status = _sent(request, form, order, customer) if data is not None else (None, 200)
    if case:
        return redirect(f"{reverse('support:received')}?number={case.number}")
    return _page(request, form, order, status=status)


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """It is here. Says the same to everybody; what there is to be read goes to the mailbox."""
    number = request.GET.get("number", "")
    context = {
        "number": number if _NUMBER.fullmatch(number) else "",
        "page": chrome.page(request, title=_("Your message is here"), robots="noindex"),
    }
    return pages.kept_private(render(request, "support/received.html", context))


def _known(request: HttpRequest, order: Order | None) -> dict[str, str]:
    """What need not be typed. The mailbox of an order stands on its own page as well."""
    customer = _customer(request)
    if order is None:
        return {"name": customer.name, "topic": Topic.OTHER} if customer else {}
    return {
        "topic": Topic.ORDER,
        "name": customer.name if customer else "",
        "email": order.email,
        "order": request.GET.get("order", ""),
    }


def _sent(
    request: HttpRequest, form: ContactForm, order: Order | None, customer: Customer | None
) -> tuple[Case | None, int]:
    """The case that came of it, or none and how the answer is marked."""
    visitor = limits.address_of(request)
    is_suspect = limits.used(contacting.PER_VISITOR, visitor) >= SUSPECT_AFTER
    if not form.is_valid() or not humans.passes(form, is_suspect=is_suspect):
        return None, 422
    given = form.cleaned_data
    email = customer.email if customer else given["email"]
    if not limits.allows((contacting.PER_VISITOR, visitor), (contacting.PER_ADDRESS, email)):
        form.add_error(None, _("Too many messages in a short time. Please try again later."))
        return None, 429
    try:
        files = attachments.checked(given["files"])
    except attachments.Refused as problem:
        form.add_error("files", str(problem))
        return None, 422
    return _written(given, order, customer, email, files), 303


def _written(
    given: dict[str, str],
    order: Order | None,
    customer: Customer | None,
    email: str,
    files: list[attachments.Checked],
) -> Case:
    return contacting.write(
        topic=given["topic"],
        text=given["text"],
        moment=clock.now(),
        customer=customer,
        email=email,
        name=given["name"],
        order=order,
        order_number=given["order_number"],
        files=files,
    )


def _page(
    request: HttpRequest, form: ContactForm, order: Order | None, *, status: int
) -> HttpResponse:
    customer = _customer(request)
    page = chrome.page(request, title=_("Contact"), robots="noindex" if order else "")
    context = {
        "form": form,
        "trap": humans.trap(form, typed=("text",)),
        "order_number": order.number if order else "",
        "email": customer.email if customer else "",
        "merchant": legal.merchant(),
        "page": page | {"has_errors": bool(form.errors)},
    }
    response = render(request, "support/contact.html", context, status=status)
    return pages.kept_private(response) if order or customer else response


def _customer(request: HttpRequest) -> Customer | None:
    return request.user if isinstance(request.user, Customer) else None
