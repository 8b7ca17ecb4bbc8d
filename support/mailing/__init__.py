"""Mails that come in: stored first, read later, never lost and never answered by a machine.

docs/algorithms/support.md
"""
