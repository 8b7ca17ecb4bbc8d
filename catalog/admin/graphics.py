"""The official graphics: uploaded as the Commission publishes them, never drawn (runbook)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget

from catalog.law import graphics
from catalog.models import OfficialGraphic
from shop import staff_pages
from shop.kit import clock


class GraphicForm(forms.ModelForm):
    """Takes an SVG or PNG that can do nothing but be looked at."""

    upload = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("SVG or PNG, up to 600 kB, exactly as the Commission publishes it."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".svg,.png"}),
    )

    class Meta:
        model = OfficialGraphic
        fields = ("kind", "language", "source_url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)

    def clean_upload(self) -> bytes:
        upload: UploadedFile = self.cleaned_data["upload"]
        content = upload.read(graphics.MAX_BYTES + 1)
        try:
            graphics.checked(content)
        except graphics.NotAGraphic as problem:
            raise forms.ValidationError(str(problem)) from problem
        return content

    def validate_constraints(self) -> None:
        """A new file takes the place of the one of its kind and language."""


@admin.register(OfficialGraphic)
class OfficialGraphicAdmin(ModelAdmin):
    form = GraphicForm
    list_display = ("picture", "kind", "language", "sha256", "uploaded_at")
    list_display_links = ("picture", "kind")
    ordering = ("kind", "language")
    readonly_fields = ("picture", "sha256", "uploaded_at")
    fields = (("kind", "language"), "upload", "source_url")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is there is looked at or replaced, by adding another one."""
        return ("picture", *self.fields, "sha256", "uploaded_at") if obj else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=gettext_lazy("graphic"))
    def picture(self, graphic: OfficialGraphic) -> str:
        url = reverse("official_graphic", args=[graphic.sha256])
        return format_html('<img src="{}" alt="{}" width="160">', url, graphic)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = graphics.store(
            obj.kind,
            obj.language,
            form.cleaned_data["upload"],
            source_url=obj.source_url,
            moment=clock.now(),
        )
        obj.pk, obj.sha256 = stored.pk, stored.sha256

    def delete_model(self, request: HttpRequest, obj: OfficialGraphic) -> None:
        super().delete_model(request, obj)
        graphics.forget()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        graphics.forget()
