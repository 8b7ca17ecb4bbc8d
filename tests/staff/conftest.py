import pytest

from accounts.models import AuditEntry


@pytest.fixture
def logged(db):
    """`logged()`: what the audit log says, the oldest first: act, page, object."""

    def read():
        rows = AuditEntry.objects.order_by("number")
        return [(one.act, one.page, f"{one.object_type} {one.object_id}".strip()) for one in rows]

    return read
