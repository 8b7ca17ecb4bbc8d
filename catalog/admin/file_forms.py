"""Rows of files that are sold: an upload makes one, then only names and place can be changed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin import kept_files
from catalog.documents import digital_files
from catalog.models import DigitalFile, Product, ProductStatus


class DigitalFileForm(kept_files.KeptFileForm):
    upload = kept_files.KeptFileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("PDF, ZIP, PNG or JPEG, up to 50 MB."),
        check=digital_files.check,
        accept=".pdf,.zip,.png,.jpg,.jpeg",
    )

    class Meta:
        model = DigitalFile
        fields = ("name_de", "name_en", "is_active", "position")


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
