"""Declined cards: three for an order, five for a card, then the payment page is closed for a while.

A provider tells of each decline once, signed; how often is counted for half an hour. What card it
was is known by a word of the provider that means nothing elsewhere, and only its hash is counted.
"""

from django.utils.translation import gettext as _

from shop.kit import limits

PER_ORDER = limits.Limit("declines.order", most=3, seconds=30 * limits.MINUTE)
PER_CARD = limits.Limit("declines.card", most=5, seconds=limits.HOUR)
_ONCE = limits.Limit("declines.event", most=1, seconds=limits.DAY)
_PAUSED = limits.Limit("declines.paused", most=1, seconds=30 * limits.MINUTE)


def note(number: str, *, card: str, event_id: str) -> None:
    """A card was declined on the payment page of the order `number`. Each event counts once."""
    if not limits.allows((_ONCE, event_id)):
        return
    limits.allows((PER_ORDER, number))
    if card and not limits.allows((PER_CARD, card)):
        limits.allows((_PAUSED, number))


def is_paused(number: str) -> bool:
    """May no payment page be opened for the order `number` at the moment?"""
    return limits.is_spent((PER_ORDER, number), (_PAUSED, number))


def words() -> str:
    """What the shopper is told."""
    return _(
        "The payment was declined several times. To protect card holders it can be tried again in"
        " half an hour; nothing was charged."
    )
