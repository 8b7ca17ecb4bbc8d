"""Insights knows nobody: its rows hold words and random ids that no other table holds."""

from typing import Any


def export(customer: Any) -> dict[str, Any]:
    """Nothing: no event can be traced to a customer."""
    return {}


def erase(customer: Any) -> None:
    """Nothing to erase; `events.track` refuses facts about a person."""
