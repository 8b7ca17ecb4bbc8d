"""Tags of every template: `icon`, `field`, `ld_json`. Small; numbers arrive formatted."""

import json
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Outlines on a field of 24 by 24, drawn for this shop, one stroke wide.
_PATHS = {
    "account": "M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.6-3.4 3.6-5.2 7.5-5.2"
    "s6.9 1.8 7.5 5.2",
    "arrow": "M4 12h15.5M13.5 6l6 6-6 6",
    "box": "M4 8.2 12 4l8 4.2v7.8L12 20l-8-4ZM4 8.2l8 4.1 8-4.1M12 12.3V20M8 6.1l8 4.2",
    "cart": "M3.5 5h2.2l2.1 10.2h9.6L19.5 8H6.3M9 19.4h.01M16.2 19.4h.01",
    "recycle": "M12 4a8 8 0 0 1 7.4 5M19.6 4.5V9H15M12 20a8 8 0 0 1-7.4-5M4.4 19.5V15H9",
    "chat": "M4.5 19.5 6 15.8a7.5 7.5 0 1 1 2.7 2.6ZM9 10.5h6M9 13.5h4",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "chevron": "m6 9.5 6 6 6-6",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15ZM10 18a2 2 0 0 0 4 0",
    "clock": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2",
    "close": "m6 6 12 12M18 6 6 18",
    "document": "M7 4h7l4 4v12H7ZM14 4v4h4M9.5 12h6M9.5 15.5h6",
    "download": "M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15",
    "filter": "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z"
    "M9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
    "heart": "M12 19.5 5 12.6a4.4 4.4 0 0 1 6.2-6.2l.8.8.8-.8a4.4 4.4 0 0 1 6.2 6.2Z",
    "globe": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM4 12h16M12 4c2.3 2.3 3.3 5 3.3 8s-1 5.7-3.3 8"
    "c-2.3-2.3-3.3-5-3.3-8s1-5.7 3.3-8Z",
    "info": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 11v5M12 8h.01",
    "link": "M10 14a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1.5 1.5M14 10a3.5 3.5 0 0 0-5 0"
    "l-3 3a3.5 3.5 0 0 0 5 5l1.5-1.5",
    "lock": "M6 11h12v8.5H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M4 6h16v12.5H4ZM4 7l8 6 8-6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M6 12h12",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z",
    "plus": "M6 12h12M12 6v12",
    "print": "M7 9V4.5h10V9M7 17H4.5V9h15v8H17M7 14h10v5.5H7Z",
    "return": "M8.5 5 4.5 9l4 4M5 9h9.5a5 5 0 0 1 0 10H8",
    "ruler": "M3.5 9h17v7h-17ZM7 9v3M10.3 9v4M13.7 9v3M17 9v4",
    "search": "M10.8 17a6.2 6.2 0 1 0 0-12.4 6.2 6.2 0 0 0 0 12.4ZM15.5 15.5l4.5 4.5",
    "share": "M12 14.5V4M8 7.5 12 4l4 3.5M6.5 11H5v8.5h14V11h-1.5",
    "ship": "M4 14.5h16l-2.5 5h-11ZM6.5 14.5V10h9l2 4.5M9.5 10V5h3",
    "sun": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7"
    "M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4",
    "tag": "M4 12.5V4.5h8l7.5 7.5-8 8ZM8 8.5h.01",
    "trash": "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v6M13.5 10.5v6",
    "warning": "M12 4.5 3.5 19.5h17ZM12 10v4.5M12 17h.01",
}
_ICONS = {
    name: mark_safe(  # noqa: S308 - constants of this file
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>'
    )
    for name, path in _PATHS.items()
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing `name` as inline SVG, silent for screen readers.

    Raises KeyError when there is no such drawing.
    """
    return _ICONS[name]


# Inside of <script> nothing is unescaped: an end tag, or a comment, must not come about at all.
_LD_ESCAPES = [(sign, f"\\u{ord(sign):04X}") for sign in "<>&"]


@register.filter
def ld_json(data: dict[str, Any]) -> SafeString:
    """JSON for a data block, `<script type="application/ld+json">`; no text can leave it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _LD_ESCAPES:  # Many times as fast as `translate`.
        text = text.replace(sign, escape)
    return mark_safe(text)  # noqa: S308 - escaped above


@register.simple_tag
def field(bound: BoundField, label: str = "", hint: str = "") -> str:
    """Label, help, error and control of a form field, as components/field.html draws them.

    `label` and `hint` replace the label and the help text of the form.
    """
    widget = bound.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        kind = "choices"
    elif isinstance(widget, CheckboxInput):
        kind = "checkbox"
    else:
        kind = "control"
    described_by = [f"{bound.auto_id}_helptext"] if hint or bound.help_text else []
    described_by += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, str | bool] = {
        "class": f"field__{'option' if kind != 'control' else kind}"
    }
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    return get_template("components/field.html").render(
        {
            "field": bound,
            "kind": kind,
            "label": label or bound.label,
            "help": hint or bound.help_text,
            "errors": bound.errors,
            "control": bound.as_widget(attrs=attributes) if kind != "choices" else "",
            "is_optional": not bound.field.required and kind == "control",
        }
    )
