"""Fifty write into the audit log at once: no gap, no fork, nobody lost."""

from accounts import audit
from accounts.audit import Noted
from accounts.models import AuditAct, AuditEntry
from shop.kit import clock

THREADS, EACH = 50, 4


def test_fifty_threads_write_one_whole_chain(at_once):
    def act(number: int) -> None:
        for turn in range(EACH):
            entry = Noted(AuditAct.ACT, page=f"page_{number}", facts={"turn": turn})
            audit.write([entry], by=None, moment=clock.now())

    assert at_once(act, list(range(THREADS))) == [None] * THREADS

    numbers = list(AuditEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, THREADS * EACH + 1))
    assert audit.breaks() == []
