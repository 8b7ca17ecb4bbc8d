"""What must always be true of accounts; `manage.py check_books` prints it."""

from collections.abc import Callable

from accounts import audit

CHECKS: list[tuple[str, Callable[[], list[str]]]] = [
    ("the audit log of staff is whole: nothing changed, removed or put in", audit.breaks),
]
