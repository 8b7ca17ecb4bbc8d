"""Check digits of the numbers of carriers. Sources: docs/algorithms/carriers.md.

Each function takes the whole number, its check digit last, and says whether they fit.
"""

import string

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def gs1(number: str) -> bool:
    """GS1, modulo 10: the digit before the check digit counts three times, the next once."""
    return _rest(number, (3, 1), from_right=True) == int(number[-1])


def post(number: str) -> bool:
    """Identcode of Deutsche Post: four times, nine times, from the left, modulo 10."""
    return _rest(number, (4, 9)) == int(number[-1])


def gls(number: str) -> bool:
    """GLS: as GS1 from the left, one added to the sum."""
    return (10 - (_weighted(number[:-1], (3, 1)) + 1) % 10) % 10 == int(number[-1])


def express(number: str) -> bool:
    """Waybill: what is left of the first digits divided by seven."""
    return int(number[:-1]) % 7 == int(number[-1])


def fedex(number: str) -> bool:
    """Three, one, seven times, modulo 11; ten counts as nought."""
    return _weighted(number[:-1], (3, 1, 7)) % 11 % 10 == int(number[-1])


def fedex_ground(number: str) -> bool:
    """The last fifteen digits as GS1: what stands before them is routing."""
    return gs1(number[-15:])


def fedex_smart_post(number: str) -> bool:
    """GS1 with the application identifier 92, which is not always printed."""
    return gs1(number if len(number) == 22 else f"92{number}")


def ups(number: str) -> bool:
    """Behind `1Z`: letters become digits, every second one counts twice, modulo 10."""
    values = [
        int(sign) if sign.isdigit() else (string.ascii_uppercase.index(sign) + 2) % 10
        for sign in number[2:-1]
    ]
    total = sum(value * (2 if place % 2 else 1) for place, value in enumerate(values))
    return str((10 - total % 10) % 10) == number[-1]


def s10(number: str) -> bool:
    """UPU S10: eight digits weighted, modulo 11; two letters stand before and behind."""
    digits = number[2:11]
    check = 11 - sum(int(one) * by for one, by in zip(digits, _S10_WEIGHTS, strict=False)) % 11
    return {10: 0, 11: 5}.get(check, check) == int(digits[-1])


def dpd(number: str) -> bool:
    """ISO 7064, modulo 37, 36: the sign behind the fourteen digits."""
    try:
        return bool(mod_37_36.validate(number))
    except ValidationError:
        return False


def gs1_digit(number: str) -> str:
    """The check digit that GS1 puts behind `number`."""
    return next(digit for digit in string.digits if gs1(number + digit))


def _rest(number: str, weights: tuple[int, ...], *, from_right: bool = False) -> int:
    digits = number[:-1]
    return (10 - _weighted(digits[::-1] if from_right else digits, weights) % 10) % 10


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(one) * weights[place % len(weights)] for place, one in enumerate(digits))
