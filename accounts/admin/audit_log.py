"""The audit log, to be looked through: by person, day, kind of act, or of one object."""

import json

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.models import AuditAct, AuditEntry
from shop import staff_pages

COLOURS = {
    AuditAct.READ: "info",
    AuditAct.ADD: "success",
    AuditAct.CHANGE: "warning",
    AuditAct.DELETE: "danger",
    AuditAct.ACT: "primary",
    AuditAct.EXPORT: "warning",
    AuditAct.SIGN_IN: "success",
    AuditAct.TRIM: "info",
}


@admin.register(AuditEntry)
class AuditEntryAdmin(staff_pages.ReadOnly, ModelAdmin):
    list_display = ("at", "actor", "act_label", "what", "page", "said")
    list_filter = ("act", "object_type", ("actor", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("actor",)
    search_fields = ("=object_id", "actor__email", "page")
    date_hierarchy = "at"
    ordering = ("-number",)
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fields = (
        ("number", "at"),
        ("actor", "act"),
        ("page", "what"),
        "said",
        "previous",
        "digest",
    )
    readonly_fields = ("what", "said")

    @display(description=_("act"), ordering="act", label=COLOURS)
    def act_label(self, entry: AuditEntry) -> tuple[str, str]:
        return entry.act, entry.get_act_display()

    @display(description=_("object"))
    def what(self, entry: AuditEntry) -> str:
        """The kind and key of what it is about, with a link where it has a page."""
        text = f"{entry.object_type} {entry.object_id}".strip()
        if not (entry.object_type and entry.object_id):
            return text
        try:
            name = f"admin:{entry.object_type.replace('.', '_')}_change"
            return format_html('<a href="{}">{}</a>', reverse(name, args=[entry.object_id]), text)
        except NoReverseMatch:
            return text

    @display(description=_("facts"))
    def said(self, entry: AuditEntry) -> str:
        """Before and after, field by field; masked values as three dots."""
        fields = entry.facts.get("fields")
        if not fields:
            return json.dumps(entry.facts, ensure_ascii=False) if entry.facts else ""
        words = [
            f"{name}: {value[0]} → {value[1]}" if value else f"{name}: …"
            for name, value in sorted(fields.items())
        ]
        return "; ".join(words + [json.dumps(one) for one in entry.facts.get("parts", [])])
