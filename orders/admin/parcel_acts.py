"""What staff do with a parcel that has left."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from orders.models import Fulfilment, KnownBy
from orders.shipping import deliveries
from shop import staff_pages
from shop.kit import clock


class DeliveredForm(staff_pages.AskForm):
    at = forms.DateTimeField(label=gettext_lazy("delivered"), widget=staff_pages.moment_input())

    def __init__(self, *args: Any, parcel: Fulfilment, moment: datetime.datetime, **more: Any):
        super().__init__(*args, **more)
        self.parcel, self.moment = parcel, moment
        self.fields["at"].initial = timezone.localtime(moment).replace(second=0, microsecond=0)

    def clean_at(self) -> datetime.datetime:
        at: datetime.datetime = self.cleaned_data["at"]
        if at > self.moment:
            raise forms.ValidationError(_("That is in the future."))
        if at < self.parcel.shipped_at.replace(second=0, microsecond=0):
            raise forms.ValidationError(_("That is before the parcel left."))
        return at


def deliver(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask when it arrived; the buyer gets a mail."""
    parcel = page.get_object(request, object_id)
    if parcel is None:
        raise Http404
    if not page.has_act_permission(request, parcel):
        raise PermissionDenied
    moment = clock.now()
    form = DeliveredForm(request.POST or None, parcel=parcel, moment=moment)
    if request.method == "POST" and form.is_valid():
        is_news = deliveries.mark(
            parcel,
            at=form.cleaned_data["at"],
            known_by=KnownBy.HAND,
            by=staff_pages.staff(request),
            moment=moment,
        )
        if is_news:
            messages.success(request, _("Noted as delivered."))
        else:
            messages.warning(request, _("It was known already that this parcel arrived."))
        return redirect("admin:orders_fulfilment_change", object_id)
    return staff_pages.ask(
        page,
        request,
        title=_("Mark as delivered"),
        form=form,
        submit_text=_("Mark as delivered"),
        back_url=reverse("admin:orders_fulfilment_change", args=[object_id]),
    )
