"""Cases for staff: read, answer, close."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action

from shop.kit import clock
from support import cases
from support.models import Case, Message


class MessageInline(TabularInline):
    """The conversation; a new row is a new message, old rows stay as they were said."""

    model = Message
    extra = 0
    can_delete = False
    fields = ("created_at", "sender", "text")
    readonly_fields = ("created_at",)
    ordering = ("created_at", "pk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Case)
class CaseAdmin(ModelAdmin):
    list_display = ("subject", "state", "customer", "guest_email", "order_number", "created_at")
    list_filter = ("state", "language")
    list_select_related = ("customer",)
    search_fields = ("subject", "order_number", "guest_email", "customer__email")
    ordering = ("-created_at",)
    fields = (
        ("subject", "state"),
        ("customer", "guest_email", "order_number"),
        ("language", "created_at", "closed_at"),
    )
    readonly_fields = (
        "subject",
        "state",
        "customer",
        "guest_email",
        "order_number",
        "language",
        "created_at",
        "closed_at",
    )
    inlines: ClassVar = [MessageInline]
    actions: ClassVar = ["close"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """New rows become messages through the module that also moves the case's state."""
        formset.save(commit=False)
        for message in formset.new_objects:
            cases.add_message(
                form.instance, sender=message.sender, text=message.text, moment=clock.now()
            )

    @action(description=_("Close"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        count = sum(cases.close(row, moment=clock.now()) for row in queryset.order_by("pk"))
        text = ngettext("%(count)d case closed.", "%(count)d cases closed.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
