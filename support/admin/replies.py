"""Texts that are ready, and how soon a topic is answered."""

from typing import Any

from django import forms
from django.contrib import admin
from unfold.admin import ModelAdmin

from support import canned
from support.models import CannedReply, TopicPromise


class CannedReplyForm(forms.ModelForm):
    """Gaps are looked at when it is saved, not when a customer reads them."""

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        for name in ("text_de", "text_en"):
            try:
                canned.check(self.cleaned_data.get(name, ""))
            except canned.UnknownGap as problem:
                self.add_error(name, str(problem))
        return given


@admin.register(CannedReply)
class CannedReplyAdmin(ModelAdmin):
    form = CannedReplyForm
    list_display = ("title",)
    search_fields = ("title", "text_de", "text_en")
    ordering = ("title",)


@admin.register(TopicPromise)
class TopicPromiseAdmin(ModelAdmin):
    list_display = ("topic", "hours")
    ordering = ("topic",)
