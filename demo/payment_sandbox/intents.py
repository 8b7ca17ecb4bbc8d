"""PaymentIntents and charges, read only: a session's intent is moved by its hosted page."""

from typing import Any

from demo.payment_sandbox import errors, lists
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World


def retrieve(world: World, identifier: str) -> Row:
    """The intent, or Stripe's 404."""
    intent = world.store.get("intent", identifier)
    if intent is None:
        raise errors.missing("payment_intent", identifier, param="intent")
    return intent


def listing(world: World, params: dict[str, Any]) -> Row:
    """Intents newest first, by time."""
    return lists.page(
        world.store.rows("intent"), params, url="/v1/payment_intents", what="payment_intent"
    )
