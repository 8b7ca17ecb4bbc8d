"""Who comes into the admin: with a second factor, and for grave acts with a fresh proof of it."""

import re
from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import second_factor
from accounts.models import Customer

type View = Callable[..., HttpResponse]
# Money that goes out and files that leave the house: already the question asks for a proof.
_GRAVE = re.compile(r"_(refund|give_back|export|gobd|datev)$|^accounts_customer_audit_log$")
# Who may do what: changing it does.
_RIGHTS = re.compile(r"^(auth_group|accounts_customer|mfa_authenticator)_(add|change|delete)$")


def opened(request: HttpRequest, page: str, view: View) -> View | HttpResponse:
    """`view`, perhaps asking for a fresh proof first, or the way to the second factor.

    Where the setting is off (a demo), everything is open to whoever signed in.
    """
    person = request.user
    if not settings.STAFF_SECOND_FACTOR or not isinstance(person, Customer):
        return view
    if not second_factor.is_enrolled(person):
        messages.warning(request, _("Set up a second factor first: the admin asks for it."))
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    if not second_factor.is_shown(request, person):
        back = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{back}")
    if _is_grave(request, page):
        proved: View = reauthentication_required(view)
        return proved
    return view


def _is_grave(request: HttpRequest, page: str) -> bool:
    return bool(_GRAVE.search(page) or (request.method == "POST" and _RIGHTS.search(page)))
