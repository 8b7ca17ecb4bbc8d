"""What a visitor sees of a page: its text, links, forms and the problems that it names."""

import dataclasses
import re
from html.parser import HTMLParser

_VOID = {"input", "img", "link", "meta", "br", "hr", "path", "source", "wbr"}
_UNSEEN = {"script", "style", "template", "head"}


@dataclasses.dataclass
class Form:
    action: str
    method: str
    values: dict[str, str] = dataclasses.field(default_factory=dict)


class Page(HTMLParser):
    """A parsed answer. `Page(response)` takes the answer of Django's test client."""

    def __init__(self, response) -> None:
        super().__init__()
        self.html = response.content.decode()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self._open: list[str] = []
        self._texts: list[str] = []
        self._problems: list[tuple[str, str]] = []
        self._select = ""
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if tag == "form":
            self.forms.append(Form(values.get("action", ""), values.get("method", "get")))
        elif self.forms and "form" in self._open:
            self._field(tag, values)
        if tag not in _VOID:
            self._open.append(tag)

    def _field(self, tag, values):
        form = self.forms[-1].values
        name = values.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in values or self._select not in form):
            form[self._select] = values.get("value", "")
        elif tag == "input" and name:
            is_choice = values.get("type") in ("radio", "checkbox")
            if not is_choice or "checked" in values:
                form[name] = values.get("value", "on" if is_choice else "")

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if not _UNSEEN & set(self._open):
            self._texts.append(data)

    @property
    def text(self) -> str:
        """All that can be read, with single spaces (also for the narrow and the fixed ones)."""
        return re.sub(r"\s+", " ", " ".join(self._texts)).strip()

    @property
    def ids(self) -> set[str]:
        return {values["id"] for _tag, values in self.elements if "id" in values}

    @property
    def links(self) -> list[str]:
        """Where the page leads to: links, and the addresses of its forms that only ask."""
        return [values["href"] for tag, values in self.elements if tag == "a" and "href" in values]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The error summary: (id of the field or "", text)."""
        found = re.search(r'<ul class="error-summary__list".*?</ul>', self.html, re.DOTALL)
        items = re.findall(r"<li>(.*?)</li>", found[0], re.DOTALL) if found else []
        return [
            (
                match[1] if (match := re.search(r'href="#([^"]+)"', item)) else "",
                re.sub(r"<[^>]+>", "", item).strip(),
            )
            for item in items
        ]

    def field(self, name: str) -> dict[str, str]:
        """The attributes of the input, select or textarea with this name."""
        return next(
            values
            for tag, values in self.elements
            if tag in ("input", "select", "textarea") and values.get("name") == name
        )

    def form(self, action: str) -> Form:
        """The form that is sent to `action` (empty: to the page itself)."""
        return next(
            one for one in self.forms if one.action == action and one.method.lower() == "post"
        )
