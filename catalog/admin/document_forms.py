"""Rows of documents: an upload makes one, then only kind, language, names and place change."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminFileFieldWidget

from catalog.documents import files, handing_out
from catalog.models import Document
from shop import staff_pages


class DocumentWidget(UnfoldAdminFileFieldWidget):
    """Links to what is there; for a new row a file is chosen."""

    facts = ""
    url = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        if self.facts:
            return format_html('<a href="{}" target="_blank">{}</a>', self.url, self.facts)
        return super().render(name, None, attrs, renderer)


class DocumentField(forms.FileField):
    """A file that may be shown; cleaned to `files.Checked`, refused with the reason."""

    widget = DocumentWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("PDF, PNG or JPEG, up to 20 MB."))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg"

    def clean(self, data: Any, initial: Any = None) -> files.Checked | None:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return files.check(upload)
        except files.NotADocument as problem:
            raise forms.ValidationError(str(problem)) from problem


class DocumentForm(forms.ModelForm):
    """`upload` is wanted for a new row; for others it says what is there."""

    upload = DocumentField(label=gettext_lazy("file"))

    class Meta:
        model = Document
        fields = ("kind", "language", "name_de", "name_en", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        self.to_store: files.Checked | None = None
        if self.instance.pk:
            field = self.fields["upload"]
            field.required, field.help_text = False, ""
            kind, size = self.instance.get_content_type_display(), self.instance.size
            field.widget.facts = f"{kind}, {filesizeformat(size)}"
            field.widget.url = handing_out.address_in_storage(self.instance)

    def clean_upload(self) -> files.Checked | None:
        """The row takes hash, size and type from its file."""
        checked: files.Checked | None = self.cleaned_data["upload"]
        if checked and not self.instance.pk:
            for column, value in checked.columns.items():
                setattr(self.instance, column, value)
            self.to_store = checked
        return checked


class DocumentInline(staff_pages.Labelled, TabularInline):
    """What shoppers can read before they buy: public files."""

    model = Document
    form = DocumentForm
    extra = 0
    tab = True
    show_title = False
    ordering = ("position", "pk")
    ordering_field = "position"
    hide_ordering_field = True
    fields = ("upload", "kind", "language", "name_de", "name_en", "position")


def store(forms_: Iterable[Any]) -> None:
    """Write the files of all new rows. Files of one content exist once."""
    for form in forms_:
        if form.to_store:
            files.store(form.to_store)
