"""What differs between two texts, line by line, and within a changed line word by word."""

import dataclasses
import difflib
import re
from collections.abc import Iterator, Sequence

SAME, ADDED, REMOVED, SKIPPED = "same", "added", "removed", "skipped"
_AROUND = 1  # lines that are shown around a change


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Words of one kind; SKIPPED stands for lines that are the same and not shown."""

    kind: str
    text: str


def lines(old: str, new: str) -> list[list[Part]]:
    """The changed lines with one around each, each line as its parts. Empty: nothing differs."""
    before, after = _lines(old), _lines(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    found: list[list[Part]] = []
    for group in matcher.get_grouped_opcodes(_AROUND):
        if found:
            found.append([Part(SKIPPED, "")])
        for kind, a, b, c, d in group:
            found += _line_parts(kind, before[a:b], after[c:d])
    return found


def _lines(text: str) -> list[str]:
    return [line for line in text.strip().split("\n") if line.strip()]


def _line_parts(kind: str, old: Sequence[str], new: Sequence[str]) -> Iterator[list[Part]]:
    if kind == "equal":
        yield from ([Part(SAME, line)] for line in old)
    elif kind == "replace" and len(old) == len(new):
        yield from (list(_words(*pair)) for pair in zip(old, new, strict=True))
    else:
        yield from ([Part(REMOVED, line)] for line in old)
        yield from ([Part(ADDED, line)] for line in new)


def _words(old: str, new: str) -> Iterator[Part]:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Part(SAME, "".join(before[a:b]))
            continue
        if b > a:
            yield Part(REMOVED, "".join(before[a:b]))
        if d > c:
            yield Part(ADDED, "".join(after[c:d]))
