"""The outbox of the cases."""

from django.contrib import admin
from django.db.models import QuerySet

from shop import retrying
from shop.kit import clock
from support import outbox
from support.models import CaseMail


@admin.register(CaseMail)
class CaseMailAdmin(retrying.OutgoingMailAdmin):
    """What became of the mails to customers."""

    act_permission = "support.change_casemail"
    list_display = ("created_at", "kind_name", "address", "case", "state_label", "tries", "problem")
    list_select_related = ("case",)
    search_fields = ("address", "case__number")
    fields = readonly_fields = (
        "created_at",
        "kind_name",
        "case",
        "address",
        "state_label",
        "tries",
        "next_try_at",
        "sent_at",
        "problem",
    )

    def revive(self, rows: QuerySet[CaseMail]) -> int:
        return outbox.revive(rows, moment=clock.now())
