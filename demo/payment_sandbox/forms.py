"""Form bodies with nested names (``line_items[0][quantity]=2``) as nested dictionaries."""

import re
from typing import Any
from urllib.parse import parse_qsl

from demo.payment_sandbox import errors

_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")
MAX_FIELDS = 5000
MAX_DEPTH = 10


def decode(text: str) -> dict[str, Any]:
    """Nested dictionary of strings; lists stay dictionaries with the keys "0", "1" … until a
    table says that a list is meant. Raises ApiError for names nobody can read or sent twice."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as problem:
        raise errors.refused("Invalid request: the form body cannot be read.") from problem
    fields: dict[str, Any] = {}
    for name, value in pairs:
        _put(fields, _parts(name), name, value)
    return fields


def path_name(path: tuple[str, ...]) -> str:
    """The parameter's name as Stripe writes it in errors: ``line_items[0][quantity]``."""
    return path[0] + "".join(f"[{part}]" for part in path[1:]) if path else ""


def _parts(name: str) -> list[str]:
    match = _NAME.match(name)
    if not match:
        raise errors.refused(f"Invalid request: parameter name {name!r} cannot be read.")
    parts = [match.group(1), *_PART.findall(match.group(2))]
    if len(parts) > MAX_DEPTH:
        raise errors.refused("Invalid request: parameters are nested too deeply.", param=parts[0])
    return parts


def _put(fields: dict[str, Any], parts: list[str], name: str, value: str) -> None:
    place = fields
    for part in parts[:-1]:
        place = place.setdefault(part or str(len(place)), {})
        if not isinstance(place, dict):
            raise errors.refused(f"Invalid request: {name} is both a value and an object.")
    last = parts[-1] or str(len(place))
    if last in place:
        raise errors.refused(f"Invalid request: {name} was sent twice.", param=name)
    place[last] = value
