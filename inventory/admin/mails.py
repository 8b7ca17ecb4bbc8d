"""The outbox of the stock alerts."""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from inventory.alerts import outbox
from inventory.models import AlertMail
from shop import retrying
from shop.kit import clock


@admin.register(AlertMail)
class AlertMailAdmin(retrying.OutgoingMailAdmin):
    """What became of the mails. Who waits for what stays hidden: of addresses only the provider."""

    act_permission = "inventory.change_alertmail"
    list_display = ("created_at", "kind_name", "provider", "state_label", "tries", "problem")
    fields = readonly_fields = (
        "created_at",
        "kind_name",
        "provider",
        "state_label",
        "tries",
        "next_try_at",
        "sent_at",
        "problem",
    )

    @display(description=_("mail provider"))
    def provider(self, mail: AlertMail) -> str:
        return f"…@{mail.address.rpartition('@')[2]}"

    def revive(self, rows: QuerySet[AlertMail]) -> int:
        return outbox.revive(rows, moment=clock.now())
