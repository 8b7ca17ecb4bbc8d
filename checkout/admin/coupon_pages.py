"""Pages of a promotion about its codes: many are made at once, all are handed out as a file."""

import csv
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from checkout.models import Coupon, Promotion
from checkout.promotions import issuing, statistics
from shop import staff_pages
from shop.kit import clock

COLUMNS = ("code", "promotion", "batch", "limit", "used", "valid_until", "is_active")


class GenerateForm(staff_pages.AskForm):
    count = forms.IntegerField(
        label=gettext_lazy("how many"),
        min_value=1,
        max_value=issuing.MOST_AT_ONCE,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    batch = forms.CharField(
        label=gettext_lazy("batch"),
        max_length=60,
        help_text=gettext_lazy("What they are for, such as: newsletter December."),
        widget=UnfoldAdminTextInputWidget,
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("valid until"),
        required=False,
        help_text=gettext_lazy("Empty: as long as the promotion."),
        widget=staff_pages.moment_input(),
    )

    def clean_ends_at(self) -> Any:
        ends_at = self.cleaned_data["ends_at"]
        if ends_at and ends_at <= clock.now():
            raise forms.ValidationError(_("This time is over already."))
        return ends_at


def promotion_of(page: ModelAdmin, request: HttpRequest, object_id: str) -> Promotion:
    """The promotion that the address names. Raises `Http404`."""
    promotion = page.get_object(request, object_id)
    if promotion is None:
        raise Http404
    return promotion


def generate(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask how many, make them, lead to their list."""
    promotion = promotion_of(page, request, object_id)
    form = GenerateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and promotion.needs_coupon and form.is_valid():
        coupons = issuing.generate(promotion, form.cleaned_data.pop("count"), **form.cleaned_data)
        text = ngettext("%(count)d code was made.", "%(count)d codes were made.", len(coupons))
        page.log_change(request, promotion, text % {"count": len(coupons)})
        messages.success(request, text % {"count": len(coupons)})
        return redirect(f"{reverse('admin:checkout_coupon_changelist')}?q={coupons[0].batch}")
    text = _("Each code is for one use. They are random: nobody guesses them.")
    if not promotion.needs_coupon:
        text = _("It applies by itself: a code would change nothing.")
    return staff_pages.ask(
        page,
        request,
        title=_("Generate codes for “%(name)s”") % {"name": promotion},
        form=form,
        text=text,
        is_refused=not promotion.needs_coupon,
        submit_text=_("Generate"),
        back_url=reverse("admin:checkout_promotion_change", args=[promotion.pk]),
    )


def export(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """All codes of the promotion as a file for a mailing or a printer."""
    promotion = promotion_of(page, request, object_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="codes-{promotion.code}.csv"'
    response["Cache-Control"] = "no-store"
    table = csv.writer(response)
    table.writerow(COLUMNS)
    rows = Coupon.objects.filter(promotion=promotion).order_by("pk")
    for coupon in statistics.coupons_with_uses(rows).iterator():
        table.writerow(_row(promotion, coupon))
    return response


def _row(promotion: Promotion, coupon: Coupon) -> list[object]:
    ends = coupon.ends_at or promotion.ends_at
    limit = "" if coupon.limit_total is None else coupon.limit_total
    until = localtime(ends).isoformat(timespec="minutes") if ends else ""
    used = coupon.used_now  # type: ignore[attr-defined]
    words = [_harmless(coupon.code), promotion.code, _harmless(coupon.batch)]
    return [*words, limit, used, until, "yes" if coupon.is_active else "no"]


def _harmless(text: str) -> str:
    """Spreadsheets run what begins like a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
