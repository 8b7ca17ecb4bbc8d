"""What waits for staff: kinds of work, and the lists in which it is done; the most urgent first."""

import dataclasses
from typing import Any

from django.utils.translation import ngettext_lazy

from shop import admin_home


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A kind of task: the count that it is about, and the list that shows what is counted."""

    count: str
    model: str
    query: str
    icon: str
    text: Any


# The most urgent first.
KINDS = [
    Kind(
        "mismatched",
        "orders.order",
        admin_home.MISMATCHED,
        "warning",
        ngettext_lazy(
            "%(count)d order was paid with another amount than agreed",
            "%(count)d orders were paid with another amount than agreed",
            "count",
        ),
    ),
    Kind(
        "withdrawals_open",
        "orders.withdrawalcase",
        "state__exact=open",
        "undo",
        ngettext_lazy(
            "%(count)d withdrawal is to be decided",
            "%(count)d withdrawals are to be decided",
            "count",
        ),
    ),
    Kind(
        "withdrawals_due",
        "orders.withdrawalcase",
        "state__exact=accepted",
        "event_upcoming",
        ngettext_lazy(
            "%(count)d withdrawal has to be refunded within three days",
            "%(count)d withdrawals have to be refunded within three days",
            "count",
        ),
    ),
    Kind(
        "dead_withdrawal_mails",
        "orders.withdrawalmail",
        "state__exact=dead",
        "unsubscribe",
        ngettext_lazy(
            "%(count)d receipt of a withdrawal could not be delivered",
            "%(count)d receipts of withdrawals could not be delivered",
            "count",
        ),
    ),
    Kind(
        "late_withdrawal_mails",
        "orders.withdrawalmail",
        "age=late",
        "schedule_send",
        ngettext_lazy(
            "%(count)d receipt of a withdrawal should have been sent long ago",
            "%(count)d receipts of withdrawals should have been sent long ago",
            "count",
        ),
    ),
    Kind(
        "to_ship",
        "orders.order",
        admin_home.TO_SHIP,
        "local_shipping",
        ngettext_lazy(
            "%(count)d order is to be shipped", "%(count)d orders are to be shipped", "count"
        ),
    ),
    Kind(
        "dead_mails",
        "orders.ordermail",
        "state__exact=dead",
        "unsubscribe",
        ngettext_lazy(
            "%(count)d mail could not be delivered",
            "%(count)d mails could not be delivered",
            "count",
        ),
    ),
    Kind(
        "late_mails",
        "orders.ordermail",
        "age=late",
        "schedule_send",
        ngettext_lazy(
            "%(count)d mail about an order should have been sent long ago",
            "%(count)d mails about orders should have been sent long ago",
            "count",
        ),
    ),
    Kind(
        "late_events",
        "orders.webhookevent",
        "age=late",
        "webhook",
        ngettext_lazy(
            "%(count)d message of a payment provider has been waiting for a long time",
            "%(count)d messages of payment providers have been waiting for a long time",
            "count",
        ),
    ),
    Kind(
        "dead_alert_mails",
        "inventory.alertmail",
        "state__exact=dead",
        "unsubscribe",
        ngettext_lazy(
            "%(count)d mail about stock could not be delivered",
            "%(count)d mails about stock could not be delivered",
            "count",
        ),
    ),
    Kind(
        "late_alert_mails",
        "inventory.alertmail",
        "age=late",
        "schedule_send",
        ngettext_lazy(
            "%(count)d mail about stock should have been sent long ago",
            "%(count)d mails about stock should have been sent long ago",
            "count",
        ),
    ),
    Kind(
        "dead_events",
        "orders.webhookevent",
        "is_dead__exact=1",
        "webhook",
        ngettext_lazy(
            "%(count)d message of a payment provider could not be processed",
            "%(count)d messages of payment providers could not be processed",
            "count",
        ),
    ),
    Kind(
        "overdue_cases",
        "support.case",
        "age=late",
        "alarm",
        ngettext_lazy(
            "%(count)d case should have been answered by now",
            "%(count)d cases should have been answered by now",
            "count",
        ),
    ),
    Kind(
        "inbound",
        "support.inboundmail",
        "state__exact=undecided",
        "inbox",
        ngettext_lazy(
            "%(count)d incoming mail belongs to no case",
            "%(count)d incoming mails belong to no case",
            "count",
        ),
    ),
    Kind(
        "dead_case_mails",
        "support.casemail",
        "state__exact=dead",
        "unsubscribe",
        ngettext_lazy(
            "%(count)d answer to a customer could not be delivered",
            "%(count)d answers to customers could not be delivered",
            "count",
        ),
    ),
    Kind(
        "late_case_mails",
        "support.casemail",
        "age=late",
        "schedule_send",
        ngettext_lazy(
            "%(count)d answer to a customer should have been sent long ago",
            "%(count)d answers to customers should have been sent long ago",
            "count",
        ),
    ),
    Kind(
        "dead_documents",
        "orders.duedocuments",
        "is_dead__exact=1",
        "description",
        ngettext_lazy(
            "%(count)d order lacks a document that could not be issued",
            "%(count)d orders lack documents that could not be issued",
            "count",
        ),
    ),
    Kind(
        "late_documents",
        "orders.duedocuments",
        "age=late",
        "description",
        ngettext_lazy(
            "%(count)d order has been waiting for its document for a long time",
            "%(count)d orders have been waiting for their documents for a long time",
            "count",
        ),
    ),
    Kind(
        "cases",
        "support.case",
        "state__exact=open",
        "support_agent",
        ngettext_lazy(
            "%(count)d case waits for an answer", "%(count)d cases wait for an answer", "count"
        ),
    ),
    Kind(
        "reviews",
        "reviews.review",
        "state__exact=pending",
        "reviews",
        ngettext_lazy(
            "%(count)d review waits for a decision",
            "%(count)d reviews wait for a decision",
            "count",
        ),
    ),
    Kind(
        "held_back",
        "catalog.product",
        "held=yes",
        "event_busy",
        ngettext_lazy(
            "%(count)d product could not go live at its time",
            "%(count)d products could not go live at their time",
            "count",
        ),
    ),
    Kind(
        "failed_pictures",
        "catalog.picturefile",
        "state__exact=failed",
        "broken_image",
        ngettext_lazy(
            "%(count)d picture could not be made", "%(count)d pictures could not be made", "count"
        ),
    ),
    Kind(
        "overdue",
        "inventory.stockitem",
        "expected=over&sale=yes",
        "event_busy",
        ngettext_lazy(
            "%(count)d delivery did not come on its day: enter a new one",
            "%(count)d deliveries did not come on their day: enter new ones",
            "count",
        ),
    ),
    Kind(
        "sold_out",
        "inventory.stockitem",
        "level=out&sale=yes",
        "remove_shopping_cart",
        ngettext_lazy("%(count)d shelf is empty", "%(count)d shelves are empty", "count"),
    ),
    Kind(
        "low",
        "inventory.stockitem",
        "level=low&sale=yes",
        "trending_down",
        ngettext_lazy("%(count)d shelf runs low", "%(count)d shelves run low", "count"),
    ),
    Kind(
        "drafts",
        "catalog.product",
        "status__exact=draft",
        "edit_note",
        ngettext_lazy("%(count)d product is a draft", "%(count)d products are drafts", "count"),
    ),
]
