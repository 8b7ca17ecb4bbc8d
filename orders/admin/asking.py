"""A page that asks before an act: a GET only asks, refusals become messages, never error pages."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from orders.findings import ProviderAway, ProviderRefused
from shop import staff_pages

Act = Callable[[Any, dict[str, Any]], str]


def answer(
    page: ModelAdmin,
    request: HttpRequest,
    row: Any,
    *,
    form: forms.Form,
    title: str,
    act: Act,
    refusals: Sequence[type[Exception]],
    back_url: str,
    heading: str = "",
    **context: Any,
) -> HttpResponse:
    """Carry out `act`, which returns what is said then, or ask."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(row, form.cleaned_data))
        except tuple(refusals) as problem:
            messages.error(request, str(problem))
        except (ProviderAway, ProviderRefused):
            messages.error(request, _("The payment provider cannot be reached. Try again later."))
        return redirect(back_url)
    return staff_pages.ask(
        page,
        request,
        title=heading or title,
        form=form,
        submit_text=title,
        back_url=back_url,
        **context,
    )
