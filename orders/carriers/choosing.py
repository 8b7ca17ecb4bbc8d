"""Which carriers draw labels for us, and which one a delivery method has."""

from orders.carriers import local
from orders.carriers.base import LabelMaker

_MAKERS: dict[str, LabelMaker] = {local.CODE: local.Messenger()}


def maker_of(code: str) -> LabelMaker | None:
    """Who draws the labels of this carrier; None where they are drawn elsewhere."""
    return _MAKERS.get(code)


def makers() -> list[str]:
    """The codes of all carriers that draw labels."""
    return sorted(_MAKERS)
