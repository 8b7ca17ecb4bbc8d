"""Where our books and a provider's differ: staff ask once more, or say why it is none."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from orders.admin.reading import ReadOnlyAdmin
from orders.models import Difference, DifferenceKind, Reconciliation, ReconciliationState
from orders.money.reconciliation import deciding
from shop import staff_pages
from shop.kit import clock, languages, money

# What is to be done, as docs/algorithms/reconciliation.md has it.
ADVICE = {
    DifferenceKind.PAID_THERE: _(
        "The provider has the money, the order does not know it. Ask again; if it stays, look at"
        " the payment at the provider and refund it there."
    ),
    DifferenceKind.PAID_HERE: _(
        "The order counts as paid, the provider knows of no money. Do not ship. Ask again, and"
        " call the provider if it stays."
    ),
    DifferenceKind.UNKNOWN_PAYMENT: _(
        "Money that no order of this shop explains. Does another shop use the same account? If not,"
        " refund it at the provider."
    ),
    DifferenceKind.AMOUNT: _("Compare both sums; refund what is too much, or ask for the rest."),
    DifferenceKind.REFUND_THERE: _(
        "Somebody refunded at the provider what this shop does not know. Look at the order."
    ),
    DifferenceKind.REFUND_HERE: _(
        "The customer was told of a refund that the provider does not know. Ask again, then refund"
        " once more."
    ),
    DifferenceKind.REFUND_AMOUNT: _("Compare both sums, and refund the rest if it is too little."),
}


class DifferenceForm(forms.ModelForm):
    """Saving closes it, so it needs a reason."""

    class Meta:
        model = Difference
        fields: ClassVar = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in self.fields:
            self.fields["reason"].required = True


class OpenFilter(admin.SimpleListFilter):
    """Open ones first: that is the work."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("open")), ("closed", _("closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("open", "closed"):
            return queryset.filter(closed_at__isnull=self.value() == "open")
        return queryset


@admin.register(Difference)
class DifferenceAdmin(ModelAdmin):
    form = DifferenceForm
    list_display = ("happened_at", "kind_label", "order_link", "sum_here", "sum_there", "gateway")
    list_filter = (OpenFilter, "kind", "gateway")
    list_select_related = ("payment__order",)
    search_fields = ("reference", "payment__order__number")
    ordering = ("-happened_at",)
    show_full_result_count = False
    readonly_fields = (
        *("advice", "kind_label", "order_link", "sum_here", "sum_there", "gateway", "reference"),
        *("happened_at", "first_seen_at", "last_seen_at", "closed_at", "closed_by"),
    )
    fields = (*readonly_fields, "reason")
    actions: ClassVar = ["look_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.view_difference")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.closed_at is None
        return is_open and request.user.has_perm("orders.change_difference")

    def save_model(self, request: HttpRequest, obj: Difference, form: Any, change: bool) -> None:
        by = staff_pages.staff(request)
        deciding.close(obj, reason=obj.reason, by=by, moment=clock.now())

    @action(description=_("Ask the provider again"), permissions=["change"])
    def look_again(self, request: HttpRequest, queryset: QuerySet[Difference]) -> None:
        runs = [
            deciding.look_again(one, moment=clock.now())
            for one in queryset.filter(closed_at__isnull=True).order_by("pk")
        ]
        if any(run is None or run.state == ReconciliationState.FAILED for run in runs):
            away = _("The provider did not answer, or a comparison is going on. Try again later.")
            self.message_user(request, away, messages.WARNING)
            return
        left = queryset.filter(closed_at__isnull=True).count()
        text = ngettext("%(count)d is still open.", "%(count)d are still open.", left)
        self.message_user(request, text % {"count": left}, messages.SUCCESS)

    @display(description=_("what to do"))
    def advice(self, difference: Difference) -> str:
        return str(ADVICE[DifferenceKind(difference.kind)])

    @display(description=_("kind"), ordering="kind")
    def kind_label(self, difference: Difference) -> str:
        return difference.get_kind_display()

    @display(description=_("order"))
    def order_link(self, difference: Difference) -> str:
        if difference.payment is None:
            return "–"
        order = difference.payment.order
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:orders_order_change", args=[order.pk]), order
        )

    @display(description=_("here"))
    def sum_here(self, difference: Difference) -> str:
        return _sum(difference.here, difference.currency)

    @display(description=_("at the provider"))
    def sum_there(self, difference: Difference) -> str:
        return _sum(difference.there, difference.currency)


def _sum(amount: Any, currency: str) -> str:
    return "–" if amount is None else money.formatted(amount, currency, languages.active())


@admin.register(Reconciliation)
class ReconciliationAdmin(ReadOnlyAdmin):
    list_display = (
        *("started_at", "gateway", "state", "since", "until", "paid_count", "paid_gross"),
        *("refunded_gross", "mended", "differences", "problem"),
    )
    list_filter = ("state", "gateway")
    ordering = ("-started_at",)
    show_full_result_count = False
