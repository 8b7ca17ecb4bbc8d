"""The part of YAML that `docker-compose.yml` uses, strictly: what it does not know is an error.

Mappings and lists by indentation, plain and quoted scalars, flow lists of quoted strings, anchors,
aliases and the merge key. A library for one test would be one more package in the lock.
"""

import json
import re
from typing import Any

_KEY = re.compile(r"^([A-Za-z0-9_<-]+):(?: (.*))?$")
_ANCHOR = re.compile(r"^&(\w+)$")


def load(text: str) -> Any:
    """The document as dicts, lists and strings. Raises ValueError with the number of the line."""
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if "\t" in raw:
            raise ValueError(f"line {number}: a tab")
        if raw.strip() and not raw.lstrip().startswith("#"):
            lines.append((number, len(raw) - len(raw.lstrip()), raw.strip()))
    value, rest = _block(lines, 0, {})
    if rest:
        raise ValueError(f"line {rest[0][0]}: unexpected indentation")
    return value


def _block(lines: list[Any], indent: int, anchors: dict[str, Any]) -> tuple[Any, list[Any]]:
    return (_list if lines[0][2].startswith("- ") else _mapping)(lines, indent, anchors)


def _list(lines: list[Any], indent: int, anchors: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    items = []
    while lines and lines[0][1] == indent:
        number, _, text = lines.pop(0)
        if not text.startswith("- "):
            raise ValueError(f"line {number}: not an item of the list")
        items.append(_scalar(number, text[2:]))
    return items, lines


def _mapping(lines: list[Any], indent: int, anchors: dict[str, Any]) -> tuple[Any, list[Any]]:
    made: dict[str, Any] = {}
    own: set[str] = set()
    while lines and lines[0][1] == indent:
        number, _, text = lines.pop(0)
        found = _KEY.match(text)
        if not found:
            raise ValueError(f"line {number}: neither key nor item")
        key, rest = found[1], (found[2] or "").strip()
        if key in own:
            raise ValueError(f"line {number}: {key} twice")
        own.add(key)
        anchor = _ANCHOR.match(rest)
        if key == "<<":
            made = {**anchors[rest.removeprefix("*")], **made}
        elif rest and not anchor:
            made[key] = anchors[rest[1:]] if rest.startswith("*") else _scalar(number, rest)
        elif lines and lines[0][1] > indent:
            made[key], lines = _block(lines, lines[0][1], anchors)
        else:
            made[key] = None
        if anchor:
            anchors[anchor[1]] = made[key]
    return made, lines


def _scalar(number: int, text: str) -> Any:
    if text.startswith(('"', "[")):
        return json.loads(text)
    if re.search(r": | #|^[&*!|>%@`{]", text):
        raise ValueError(f"line {number}: needs quotes: {text}")
    return text
