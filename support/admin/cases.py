"""The queue of the cases, and the page of one as a conversation."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from orders import receipts
from shop.kit import clock
from support import cases, serving
from support.admin import case_page
from support.models import Attachment, Case, CaseState, Priority

STATE_COLOURS = {
    CaseState.OPEN: "warning",
    CaseState.ANSWERED: "info",
    CaseState.CLOSED: "success",
}
PRIORITY_COLOURS = {Priority.HIGH: "danger", Priority.NORMAL: "info", Priority.LOW: "info"}
DUE_COLOURS = {"late": "danger", "in time": "success"}


class AssignedFilter(admin.SimpleListFilter):
    """Mine, or nobody's."""

    title = _("assigned to")
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("me")), ("nobody", _("nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        whose: dict[str, dict[str, Any]] = {
            "me": {"assignee": request.user.pk},
            "nobody": {"assignee": None},
        }
        return queryset.filter(**whose[str(self.value())]) if self.value() in whose else queryset


class LateFilter(admin.SimpleListFilter):
    """Those that should be answered by now."""

    title = _("age")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("late", _("late"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        late = queryset.filter(state=CaseState.OPEN, due_at__lt=clock.now())
        return late if self.value() == "late" else queryset


@admin.register(Case)
class CaseAdmin(ModelAdmin):
    list_display = (
        "number",
        "subject",
        "who",
        "due_label",
        "state_label",
        "priority_label",
        "assignee",
        "created_at",
    )
    list_display_links = ("number", "subject")
    list_filter = ("state", AssignedFilter, LateFilter, "topic", "priority", "language")
    list_select_related = ("customer", "assignee")
    search_fields = ("number", "subject", "order_number", "guest_email", "customer__email", "name")
    ordering = (F("due_at").asc(nulls_last=True), "-created_at")
    show_full_result_count = False
    actions: ClassVar = ["close", "take"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return super().get_queryset(request).filter(merged_into=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file)
        return [
            path("files/<int:pk>/", view, name="support_case_file"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The conversation in place of a form of fields."""
        return case_page.page(self, request, object_id or "")

    def file(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """A file of a message, for whoever may see cases."""
        found = Attachment.objects.filter(pk=pk).first()
        if found is None or not self.has_view_permission(request):
            raise Http404
        return serving.download(found)

    @display(description=_("customer"))
    def who(self, case: Case) -> str:
        return case.email

    @display(description=_("answer until"), ordering="due_at", label=DUE_COLOURS)
    def due_label(self, case: Case) -> tuple[str, str]:
        if case.due_at is None:
            return "", ""
        return "late" if case.due_at < clock.now() else "in time", receipts.time(case.due_at)

    @display(description=_("state"), ordering="state", label=STATE_COLOURS)
    def state_label(self, case: Case) -> tuple[str, str]:
        return case.state, case.get_state_display()

    @display(description=_("priority"), ordering="priority", label=PRIORITY_COLOURS)
    def priority_label(self, case: Case) -> tuple[str, str]:
        return case.priority, case.get_priority_display()

    @action(description=_("Close"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        moment = clock.now()
        count = sum(cases.close(one, moment=moment, tells=True) for one in queryset.order_by("pk"))
        text = ngettext("%(count)d case closed.", "%(count)d cases closed.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    @action(description=_("Assign to me"), permissions=["change"])
    def take(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        count = queryset.update(assignee=request.user.pk)
        text = ngettext("%(count)d case is yours.", "%(count)d cases are yours.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
