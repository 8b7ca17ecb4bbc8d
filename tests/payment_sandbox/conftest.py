"""These tests run with the sandbox's own fixtures, whether or not they are loaded as a plugin."""

from tests.payment_sandbox.fixtures import buyer, payment_sandbox, webhook_inbox

__all__ = ["buyer", "payment_sandbox", "webhook_inbox"]
