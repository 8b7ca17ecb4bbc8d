"""Facet values as whole numbers: what a sheet counts in."""


def of_choice(choice_id: int) -> int:
    """The key of a choice of an attribute: its own number."""
    return choice_id


def of_answer(attribute_id: int, *, is_yes: bool) -> int:
    """The key of yes or no to an attribute; below zero, so that it is no choice's."""
    return -(2 * attribute_id + int(is_yes))
