"""A new promotion that begins as a copy of another one."""

from checkout.models import Promotion


def copy(promotion: Promotion) -> Promotion:
    """The same rule under a code of its own, switched off, without coupons and uses."""
    twin = Promotion.objects.get(pk=promotion.pk)
    twin.pk = None
    twin._state.adding = True
    twin.code, twin.is_active = _free_code(promotion.code), False
    twin.save(force_insert=True)
    return twin


def _free_code(code: str) -> str:
    taken = set(Promotion.objects.filter(code__startswith=code[:30]).values_list("code", flat=True))
    number = 2
    while (free := f"{code[:30]}-{number}") in taken:
        number += 1
    return free
