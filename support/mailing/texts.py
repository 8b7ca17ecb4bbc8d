"""From what mail programs send to what somebody wrote: HTML becomes text, history is cut off."""

import re
from html.parser import HTMLParser

MAX_TEXT = 20_000
MAX_HTML = 500_000
_LONG = 200  # no line that says whose words follow is longer
_BLOCKS = {
    *("p", "div", "br", "tr", "li", "ul", "ol", "table", "hr", "blockquote", "pre", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "article", "header", "footer"),
}
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "object"}
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
# Our own line, in both languages, as templates/emails/support/answer.txt has it.
_OUR_LINE = re.compile(
    r"(Please answer above this line|Bitte antworten Sie oberhalb dieser Zeile)", re.IGNORECASE
)
_ATTRIBUTION = re.compile(r"(On|Am)\b.{5,200}\b(wrote|schrieb)\b.{0,120}:?$", re.IGNORECASE)
_RULED = re.compile(
    r"^\s*-{2,}\s*(Original Message|Original-Nachricht|Ursprüngliche Nachricht"
    r"|Forwarded message|Weitergeleitete Nachricht)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\s*\*?(From|Von):\*?\s+\S", re.IGNORECASE)
_SENT = re.compile(r"^\s*\*?(Sent|Date|Gesendet|Datum):\*?\s+\S", re.IGNORECASE)


class _Text(HTMLParser):
    """The text of a page as one reads it, line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS:
            self._break()
        if tag == "blockquote":
            self._quoted += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag == "blockquote" and self._quoted:
            self._quoted -= 1
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if not words or self._unseen:
            return
        if self._quoted and (not self.parts or self.parts[-1] == "\n"):
            self.parts.append("> ")
        before, after = data[:1].isspace(), data[-1:].isspace()
        self.parts.append(f"{' ' * before}{words}{' ' * after}")

    def _break(self) -> None:
        if self.parts[-2:] != ["\n", "\n"]:
            self.parts.append("\n")


def from_html(html: str) -> str:
    """What a reader sees of `html`; quoted parts begin with ">". Whatever it is, no error."""
    parser = _Text()
    parser.feed(html[:MAX_HTML])
    parser.close()
    lines = "".join(parser.parts).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def tidy(text: str) -> str:
    """Plain lines without invisible signs and long gaps, at most `MAX_TEXT`; the cut is marked."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    lines = [line.rstrip() for line in _UNWANTED.sub("", text).split("\n")]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return whole if len(whole) <= MAX_TEXT else f"{whole[: MAX_TEXT - 6].rstrip()}\n[…]"


def without_history(text: str) -> str:
    """What is new in an answer. Signatures stay.

    Answers between the quoted lines stay as they are, for without the questions they say nothing;
    so does a mail that would be empty.
    """
    lines = text.split("\n")
    cut = _history_at(lines)
    new = "\n".join(lines[:cut]).rstrip()
    bare = new.split("\n")
    while bare and (not bare[-1].strip() or bare[-1].lstrip().startswith(">")):
        bare.pop()
    return "\n".join(bare).strip() or text.strip()


def _history_at(lines: list[str]) -> int:
    """The number of the line at which earlier mails begin; how many there are, when none do."""
    for number, line in enumerate(lines):
        if _OUR_LINE.search(line):
            return _attributed(lines, number)
        if _RULED.match(line) or (_FROM.match(line) and _is_head(lines, number)):
            return number
        if _attributes(lines[number : number + 2]) and _is_quoted(lines[number + 1 :]):
            return number
    return len(lines)


def _attributed(lines: list[str], number: int) -> int:
    """Programs write a line or two above what they quote: "On Monday, Kontor wrote:"."""
    for before in range(number - 1, max(-1, number - 5), -1):
        if lines[before].strip(" >") and not lines[before].lstrip().startswith(">"):
            if _attributes([lines[before]]) or _RULED.match(lines[before]):
                return before
            first = max(0, before - 1)
            return first if _attributes(lines[first : before + 1]) else number
    return number


def _attributes(lines: list[str]) -> bool:
    """Is this, in one line or broken in two, the sentence above what is quoted?"""
    first, *rest = [line[:_LONG].strip(" \t>") for line in lines]
    both = " ".join([first, *rest])
    return bool(first) and any(_ATTRIBUTION.match(one) for one in (first, both))


def _is_head(lines: list[str], number: int) -> bool:
    return any(_SENT.match(line) for line in lines[number + 1 : number + 4])


def _is_quoted(lines: list[str]) -> bool:
    """Is everything below quoted, but for the rest of the line that says whose it is?"""
    rest = [line for line in lines if line.strip()]
    if rest and not rest[0].lstrip().startswith(">"):
        rest = rest[1:]  # the line above was broken in two
    return bool(rest) and all(line.lstrip().startswith(">") for line in rest)
