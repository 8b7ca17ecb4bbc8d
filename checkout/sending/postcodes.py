"""Lists of postcodes as staff write them: `18565, 25849-25870, 35*`."""

import re


class Unreadable(ValueError):
    """A part of a list that says no postcode; `args[0]` is that part."""


def plain(postcode: str) -> str:
    """A postcode without spaces and hyphens, in capitals, to be compared."""
    return re.sub(r"[\s-]", "", postcode).upper()


def check(text: str) -> None:
    """Raises `Unreadable` for the first part that is none."""
    for part in _parts(text):
        if not re.fullmatch(r"[0-9A-Z]+(-[0-9A-Z]+)?\*?", part.upper(), re.ASCII):
            raise Unreadable(part)
        bounds = _bounds(part)
        if bounds and bounds[0] > bounds[1]:
            raise Unreadable(part)


def fits(text: str, postcode: str) -> bool:
    """Is `postcode` in the list? A range has two ends of the same length, a star ends a prefix."""
    wanted = plain(postcode)
    return bool(wanted) and any(_fits(part, wanted) for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;]+", text) if part]


def _fits(part: str, wanted: str) -> bool:
    if part.endswith("*"):
        return wanted.startswith(plain(part[:-1]))
    bounds = _bounds(part)
    if bounds:
        first, last = bounds
        return len(wanted) == len(first) and first <= wanted <= last
    return wanted == plain(part)


def _bounds(part: str) -> tuple[str, str] | None:
    """The ends of a range; `None` for a postcode that is written with a hyphen, as `00-950`."""
    first, hyphen, last = part.upper().partition("-")
    is_range = bool(hyphen) and len(first) == len(last) and not part.endswith("*")
    return (first, last) if is_range else None
