"""HTML of other shops as paragraphs of plain text, and back for their formats."""

import html
import re
from html.parser import HTMLParser

_PARAGRAPHS = {
    "address", "article", "blockquote", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "main", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
_LINES = {"br", "li", "tr", "dt", "dd"}
_SILENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title"}


class _Reader(HTMLParser):
    """Gathers the text; what tags mean for its lines is all that is left of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        if tag in _SILENT:
            self._silent = tag
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n– " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _PARAGRAPHS and not self._silent:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # Line ends of the source are blanks; the next tag says where a line really ends.
            self.parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))


def text_of(source: str) -> str:
    """The words of `source`: paragraphs with an empty line between them, no markup."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return tidy("".join(reader.parts))


def tidy(text: str) -> str:
    """Without blanks at the ends of lines and with at most one empty line between paragraphs."""
    lines = [line.strip(" \t") for line in re.split(r"\r\n|\r|\n", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def essence(text: str) -> str:
    """`text` as a reader sees it on a page, to compare two of them."""
    return re.sub(r"[ \t]+", " ", tidy(text))


def html_of(text: str) -> str:
    """Paragraphs of plain text as HTML that `text_of` reads back."""
    paragraphs = tidy(text).split("\n\n") if text.strip() else []
    escaped = (html.escape(one, quote=False).replace("\n", "<br>") for one in paragraphs)
    return "".join(f"<p>{one}</p>" for one in escaped)
