"""What must always be true of the cases; `manage.py check_books` prints it."""

from django.db.models import Exists, OuterRef

from support.models import Case, CaseMail, Message, Sender


def answers_are_mailed() -> list[str]:
    """Each answer of the shop has its mail, sent or waiting."""
    mails = CaseMail.objects.filter(answer=OuterRef("pk"))
    rows = Message.objects.filter(~Exists(mails), sender=Sender.STAFF).order_by("pk")
    return [f"message {pk}" for pk in rows.values_list("pk", flat=True)]


def merged_cases_are_empty() -> list[str]:
    """What was said in a merged case stands in the one that goes on, which is none itself."""
    left = Case.objects.filter(merged_into__isnull=False, messages__isnull=False)
    chains = Case.objects.filter(merged_into__merged_into__isnull=False)
    keys = (left | chains).order_by("pk").distinct().values_list("pk", flat=True)
    return [f"case {pk}" for pk in keys]


CHECKS = [
    ("support: every answer has its mail", answers_are_mailed),
    ("support: merged cases are empty", merged_cases_are_empty),
]
