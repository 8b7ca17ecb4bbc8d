"""A local server that speaks the part of Stripe's API that the shop uses. No money moves.

It stands alone: standard library only, no Django, no other app of the house. See
``docs/runbooks/payment_sandbox.md`` for how to start, steer and question it.
"""

API_VERSION = "2026-10-28.endive"
"""The version of Stripe's API that is spoken here; the pinned ``stripe`` client sends the same."""
