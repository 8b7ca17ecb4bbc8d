"""The lists of what goes in and out, for staff: how old it is, what was given up, tried again.

One pattern for the messages of payment providers and for all mails.
"""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from shop.kit import clock
from shop.kit.mail import MailState

MAIL_COLOURS = {
    MailState.QUEUED: "info",
    MailState.IN_FLIGHT: "info",
    MailState.SENT: "success",
    MailState.DEAD: "danger",
}


class LateFilter(admin.SimpleListFilter):
    """Those that should be done by now."""

    title = _("age")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("late", _("late"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "late":
            return queryset
        return queryset.late(clock.now())  # type: ignore[attr-defined]


class RetryingAdmin(ModelAdmin):
    """Rows that nobody adds, changes or deletes by hand, but may have tried again.

    An app says who may act (`act_permission`), what is dead and how rows are revived.
    """

    act_permission = ""
    actions_on_top = True
    actions: ClassVar = ["try_again"]
    show_full_result_count = False

    def revive(self, rows: QuerySet[Any]) -> int:
        """Give the dead ones of `rows` all their tries again; returns how many there were."""
        raise NotImplementedError

    def has_act_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.act_permission)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @action(description=_("Try those given up again"), permissions=["act"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._say(request, self.revive(queryset))

    def _say(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)d is tried again.", "%(count)d are tried again.", count)
        level = messages.SUCCESS if count else messages.INFO
        self.message_user(request, text % {"count": count}, level)


class OutgoingMailAdmin(RetryingAdmin):
    """The outbox of an app."""

    ordering = ("-created_at",)
    list_filter = ("state", LateFilter, "kind")

    @display(description=_("mail"), ordering="kind")
    def kind_name(self, mail: Any) -> str:
        return str(mail.kind_name)

    @display(description=_("state"), ordering="state", label=MAIL_COLOURS)
    def state_label(self, mail: Any) -> tuple[str, str]:
        return mail.state, str(MailState(mail.state).label)
