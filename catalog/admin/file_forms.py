"""Rows of files that are sold: an upload makes one, then only names and place can be changed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget

from catalog.documents import digital_files
from catalog.models import DigitalFile, Product, ProductStatus
from shop import staff_pages


class DigitalFileWidget(UnfoldAdminFileFieldWidget):
    """Says what is there; for a new row a file is chosen."""

    facts = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        if self.facts:
            return format_html("<span>{}</span>", self.facts)
        return super().render(name, None, attrs, renderer)


class DigitalFileField(forms.FileField):
    """A file that may be sold; cleaned to `digital_files.Checked`, refused with the reason."""

    widget = DigitalFileWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("PDF, ZIP, PNG or JPEG, up to 50 MB."))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ".pdf,.zip,.png,.jpg,.jpeg"

    def clean(self, data: Any, initial: Any = None) -> digital_files.Checked | None:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return digital_files.check(upload)
        except digital_files.NotAFile as problem:
            raise forms.ValidationError(str(problem)) from problem


class DigitalFileForm(forms.ModelForm):
    """`upload` is wanted for a new row; for others it says what is there."""

    upload = DigitalFileField(label=gettext_lazy("file"))

    class Meta:
        model = DigitalFile
        fields = ("name_de", "name_en", "is_active", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        self.to_store: digital_files.Checked | None = None
        if self.instance.pk:
            field = self.fields["upload"]
            field.required, field.help_text = False, ""
            kind, size = self.instance.get_content_type_display(), self.instance.size
            field.widget.facts = f"{kind}, {filesizeformat(size)}"

    def clean_upload(self) -> digital_files.Checked | None:
        """The row takes hash, size and type from its file."""
        checked: digital_files.Checked | None = self.cleaned_data["upload"]
        if checked and not self.instance.pk:
            for column, value in checked.columns.items():
                setattr(self.instance, column, value)
            self.to_store = checked
        return checked


class DigitalFileFormSet(forms.BaseInlineFormSet):
    """Refuses to leave a product that is on sale without a file to be downloaded."""

    def clean(self) -> None:
        super().clean()
        product: Product = self.instance
        is_download = product.is_digital and not product.is_gift_card
        if not is_download or product.status != ProductStatus.ACTIVE or any(self.errors):
            return
        if not any(self._stays(form) for form in self.forms):
            raise forms.ValidationError(
                _("This product is on sale and needs at least one file. Take it offline first.")
            )

    def _stays(self, form: Any) -> bool:
        is_given = form.instance.pk or form.has_changed()
        return bool(
            is_given and form.cleaned_data.get("is_active") and not form.cleaned_data.get("DELETE")
        )


def store(forms_: Iterable[Any]) -> None:
    """Write the files of all new rows. Files of one content exist once."""
    for form in forms_:
        if form.to_store:
            digital_files.store(form.to_store)
