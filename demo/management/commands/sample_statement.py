"""`manage.py sample_statement`: a bank statement about the orders that wait for money."""

from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand

from demo import bank_files
from orders.models import Payment
from shop.kit import clock


class Command(BaseCommand):
    help = "A statement to be uploaded: paid in full, a part, a slip in the reference, a stranger."

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = Payment.objects.awaited().filter(by_hand="transfer").select_related("order")
        lines = []
        for place, payment in enumerate(waiting.order_by("pk")[:12]):
            missing, number = payment.amount - payment.captured, payment.order.number
            if place % 3 == 0:
                lines.append(bank_files.Line(missing, f"Bestellung {number.lower()}"))
            elif place % 3 == 1:
                lines.append(bank_files.Line(missing, number[:-1]))
            elif missing > 1:
                lines.append(bank_files.Line(missing - 1, number))
        lines.append(bank_files.Line(Decimal("12.34"), "Viele Grüße aus Husum"))
        content = bank_files.statement(lines, moment=clock.now())
        self.stdout.write(content.decode(), ending="")
