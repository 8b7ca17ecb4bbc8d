"""`{% wording "intro" %}default{% endwording %}`: what the shop's own words may stand in for.

The words are plain text: in HTML they are escaped and become paragraphs. Facts of a mail stand
outside of the tag, so nobody can edit them away.
"""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Variable, VariableDoesNotExist
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content import wordings

register = template.Library()


class WordingNode(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, part: str, nodelist: NodeList) -> None:
        self.part, self.nodelist = part, nodelist

    def render(self, context: Context) -> SafeString:
        words = _words(context).get(self.part, "")
        if not words:
            return self.nodelist.render(context)
        text = wordings.filled(words, lambda name: _value(name, context))
        if self.part == "subject":
            return format_html("{}", text) if context.autoescape else SafeString(text)
        if not context.autoescape:
            return SafeString(f"{text}\n\n")
        parts = [part.strip() for part in text.split("\n\n")]
        return format_html_join("\n", "<p>{}</p>", ((part,) for part in parts if part))


@register.tag("wording")
def wording(parser: Parser, token: Any) -> WordingNode:
    """Raises `TemplateSyntaxError` for a part that nobody can edit."""
    _name, part = token.split_contents()
    part = part.strip("\"'")
    if part not in wordings.PARTS:
        raise template.TemplateSyntaxError(f"There is no part {part!r} of a mail to edit.")
    nodelist = parser.parse(("endwording",))
    parser.delete_first_token()
    return WordingNode(part, nodelist)


def _words(context: Context) -> dict[str, str]:
    """Those of this mail, asked for once in each rendering; none where the mail has no name."""
    if "wordings" in context:
        given: dict[str, str] = context["wordings"]
        return given
    if "mail" not in context:
        return {}
    store = context.render_context
    if "wordings" not in store:
        store["wordings"] = wordings.of(context["mail"], context["language"])
    kept: dict[str, str] = store["wordings"]
    return kept


def _value(name: str, context: Context) -> Any:
    try:
        return Variable(name).resolve(context)
    except VariableDoesNotExist:
        return ""
