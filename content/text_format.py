"""The format of legal texts: plain text that reads well in a mail, and the parts it is made of.

A line underlined by hyphens is a heading, by tildes a smaller one, by equals signs the title; lines
that begin with "- " make a list, with "| " a table (its first row is the head), lines with " :: "
name a thing and say it. `**strong**`, `[words](target)`, addresses of the web and of mail are
marked; there is no HTML. docs/algorithms/legal_texts.md has the grammar.
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

_ANCHOR = re.compile(r"^(.*?)\s*{#([a-z][a-z0-9-]*)}$")
_INLINE = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<target>[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)"
    r"|(?P<web>https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_TARGET = re.compile(r"(https://|mailto:|tel:|/(?!/)|#)[^\s\"'<>\\]*")
_MARKUP = re.compile(r"<[/!]?[a-zA-Z]")


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """Words of one kind within a line; `url` is "" where they lead nowhere."""

    text: str
    url: str = ""
    is_strong: bool = False


def blocks(text: str) -> Iterator[dict[str, Any]]:
    """The parts of a text in their order, each with its `kind`.

    heading {level 2 or 3, text, anchor}, list {items}, table {head, rows}, facts {rows}, text
    {lines}; every item, cell and line is a list of `Span`. The title is left out: the page has its
    own.
    """
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.strip("\n").split("\n")
        mark = set(lines[1].strip()) if len(lines) == 2 and lines[1].strip() else set()
        if mark == {"="}:
            continue
        if mark in ({"-"}, {"~"}):
            yield _heading(lines[0], 2 if mark == {"-"} else 3)
        elif all(line.startswith("|") for line in lines):
            yield _table(lines)
        elif all(" :: " in line for line in lines):
            yield {"kind": "facts", "rows": [_pair(line) for line in lines]}
        elif all(line.startswith(("- ", "  ")) for line in lines):
            items = re.sub(r"\n +", " ", block.strip("\n"))[2:].split("\n- ")
            yield {"kind": "list", "items": [spans(item) for item in items]}
        elif block.strip():
            yield {"kind": "text", "lines": [spans(line) for line in lines]}


def spans(line: str) -> list[Span]:
    """The words of a line, strong ones and links told apart. An unknown target stays text."""
    found: list[Span] = []
    end = 0
    for match in _INLINE.finditer(line):
        if match.start() > end:
            found.append(Span(line[end : match.start()]))
        found.append(_span(match))
        end = match.end()
    if end < len(line) or not found:
        found.append(Span(line[end:]))
    return found


def faults(text: str) -> list[str]:
    """What cannot be shown: markup of HTML, and links that lead nowhere safe."""
    found = [text[match.start() : match.start() + 20] for match in _MARKUP.finditer(text)]
    targets = (match["target"] for match in _INLINE.finditer(text) if match["target"])
    return found + [one for one in targets if not _TARGET.fullmatch(one)]


def table(rows: list[list[str]]) -> str:
    """Rows of words as a table of this format; the first is the head."""
    return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in rows)


def _span(match: re.Match[str]) -> Span:
    if match["strong"]:
        return Span(match["strong"], is_strong=True)
    if match["web"]:
        return Span(match["web"], url=match["web"])
    if match["mail"]:
        return Span(match["mail"], url=f"mailto:{match['mail']}")
    is_safe = _TARGET.fullmatch(match["target"])
    return Span(match["words"], url=match["target"]) if is_safe else Span(match[0])


def _heading(line: str, level: int) -> dict[str, Any]:
    named = _ANCHOR.match(line)
    text, anchor = (named[1], named[2]) if named else (line.strip(), "")
    return {"kind": "heading", "level": level, "text": text, "anchor": anchor}


def _table(lines: list[str]) -> dict[str, Any]:
    head, *rows = [[spans(cell.strip()) for cell in line.strip("| ").split("|")] for line in lines]
    labels = ["".join(span.text for span in cell) for cell in head]
    labelled = [
        [{"label": label, "spans": cell} for label, cell in zip(labels, row, strict=False)]
        for row in rows
    ]
    return {"kind": "table", "head": head, "rows": labelled}


def _pair(line: str) -> dict[str, list[Span]]:
    name, _separator, words = line.partition(" :: ")
    return {"name": spans(name), "words": spans(words)}


def _cell(words: str) -> str:
    return " ".join(str(words).replace("|", "/").split()) or "–"
