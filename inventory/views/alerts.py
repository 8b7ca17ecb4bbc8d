"""Tell me when it is back: asked on the product page, confirmed and ended by links in mails.

Links only ask; what they ask is done by a button, because mail programs open links by themselves.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import humans
from inventory.alerts import subscribing
from inventory.forms import AlertForm
from shop import chrome
from shop.kit import clock, languages, limits

TEMPLATE = "inventory/alert.html"
SOURCE = "product page"
SUSPECT_AFTER = 3


@require_POST
def alert_create(request: HttpRequest) -> HttpResponse:
    """Ask to be told. The answer is the same for every address, known, asked often or new."""
    form = AlertForm(request.POST)
    visitor = limits.address_of(request)
    is_suspect = limits.used(subscribing.PER_VISITOR, visitor) >= SUSPECT_AFTER
    if not form.is_valid() or not humans.passes(form, is_suspect=is_suspect):
        return _ask_again(request, form, status=422)
    variant, email = form.cleaned_data["variant"], form.cleaned_data["email"]
    if not limits.allows((subscribing.PER_VISITOR, visitor)):
        form.add_error(None, _("Too many requests from your connection. Try again in an hour."))
        return _ask_again(request, form, status=429)
    if limits.allows((subscribing.PER_ADDRESS, email)):
        subscribing.ask(
            variant, email, language=languages.active(), source=SOURCE, moment=clock.now()
        )
    return redirect("inventory:alert_asked")


def _ask_again(request: HttpRequest, form: AlertForm, *, status: int) -> HttpResponse:
    page = _page(request, has_errors=True)
    context = {"form": form, "trap": humans.trap(form), "page": page}
    return render(request, "inventory/alert_ask.html", context, status=status)


@require_safe
def alert_asked(request: HttpRequest) -> HttpResponse:
    """What happens next; says nothing of any address."""
    return render(request, TEMPLATE, {"step": "asked", "page": _page(request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """The mailbox is theirs: a button, and what was agreed."""
    moment = clock.now()
    try:
        alert = subscribing.of_token(token, moment=moment)
    except subscribing.Unknown:
        return render(request, TEMPLATE, {"step": "over", "page": _page(request)}, status=404)
    if request.method == "POST":
        subscribing.confirm(alert, moment=moment)
        return redirect("inventory:alert_confirmation", token)
    step = "confirmed" if alert.confirmed_at else "confirm"
    context = {"step": step, "alert": alert, "wording": alert.wording, "page": _page(request)}
    return render(request, TEMPLATE, context)


@csrf_exempt  # RFC 8058: the mailbox provider sends the form, with the secret of the address.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_end(request: HttpRequest, token: str) -> HttpResponse:
    """No mail after all. Says the same of every token."""
    if request.method == "POST":
        subscribing.end(token)
        return render(request, TEMPLATE, {"step": "ended", "page": _page(request)})
    return render(request, TEMPLATE, {"step": "end", "page": _page(request)})


def _page(request: HttpRequest, *, has_errors: bool = False) -> dict[str, object]:
    page = chrome.page(request, title=_("Tell me when it is back"), robots="noindex")
    return page | {"has_errors": has_errors}
