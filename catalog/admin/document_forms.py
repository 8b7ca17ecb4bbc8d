"""Rows of documents: an upload makes one, then only kind, language, names and place change."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from catalog.admin import kept_files
from catalog.documents import files, handing_out
from catalog.models import Document
from shop import staff_pages


class DocumentForm(kept_files.KeptFileForm):
    upload = kept_files.KeptFileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("PDF, PNG or JPEG, up to 20 MB."),
        check=files.check,
        accept=".pdf,.png,.jpg,.jpeg",
    )

    class Meta:
        model = Document
        fields = ("kind", "language", "name_de", "name_en", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["upload"].widget.url = handing_out.address_in_storage(self.instance)


class DocumentInline(staff_pages.Arranged):
    """What shoppers can read before they buy: public files."""

    model = Document
    form = DocumentForm
    tab = True
    fields = ("upload", "kind", "language", "name_de", "name_en", "position")


def store(forms_: Iterable[Any]) -> None:
    """Write the files of all new rows. Files of one content exist once."""
    for form in forms_:
        if form.to_store:
            files.store(form.to_store)
