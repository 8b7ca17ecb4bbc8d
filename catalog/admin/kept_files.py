"""Rows of files that never change: an upload makes one, then only what is said of it changes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from unfold.widgets import UnfoldAdminFileFieldWidget

from catalog.documents.recognising import Checked, Refused
from shop import staff_pages


class KeptFileWidget(UnfoldAdminFileFieldWidget):
    """Says what is there, with a link where there is one; for a new row a file is chosen."""

    facts = ""
    url = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        if self.url:
            return format_html('<a href="{}" target="_blank">{}</a>', self.url, self.facts)
        if self.facts:
            return format_html("<span>{}</span>", self.facts)
        return super().render(name, None, attrs, renderer)


class KeptFileField(forms.FileField):
    """Cleaned to what `check` makes of the upload, refused with its reason."""

    widget = KeptFileWidget

    def __init__(self, *, check: Callable[[File], Checked], accept: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check = check
        self.widget.attrs["accept"] = accept

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return self.check(upload)
        except Refused as problem:
            raise forms.ValidationError(str(problem)) from problem


class KeptFileForm(forms.ModelForm):
    """Its field `upload` is wanted for a new row; for others it says what is there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        self.to_store: Checked | None = None
        if self.instance.pk:
            field = self.fields["upload"]
            field.required, field.help_text = False, ""
            kind, size = self.instance.get_content_type_display(), self.instance.size
            field.widget.facts = f"{kind}, {filesizeformat(size)}"

    def clean_upload(self) -> Checked | None:
        """The row takes hash, size and type from its file."""
        checked: Checked | None = self.cleaned_data["upload"]
        if checked and not self.instance.pk:
            for column, value in checked.columns.items():
                setattr(self.instance, column, value)
            self.to_store = checked
        return checked
