"""What staff say of a file: which it is, how it is to be taken, what its columns mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanSwitchWidget,
)

from catalog.imports import columns, formats, storing
from catalog.models import Category, Import, ImportFormat
from shop import staff_pages
from shop.kit import languages

_LANGUAGES = {"de": gettext_lazy("German"), "en": gettext_lazy("English")}


def _languages() -> list[tuple[str, Any]]:
    return [(code, _LANGUAGES[code]) for code in languages.codes()]


class UploadForm(staff_pages.AskForm):
    """The file and the rules for it."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy(
            "CSV of Shopify, WooCommerce or Kontor, up to 100 MB. Encoding, separator and line "
            "ends are recognised. Nothing changes before you have seen the difference."
        ),
        widget=UnfoldAdminFileFieldWidget,
    )
    format = forms.ChoiceField(
        label=gettext_lazy("format"),
        choices=[(storing.AUTO, gettext_lazy("recognise it")), *ImportFormat.choices],
        widget=UnfoldAdminSelectWidget,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("language of its texts"),
        choices=_languages,
        help_text=gettext_lazy(
            "New products stay drafts until the other language is written. Kontor's own format has "
            "both."
        ),
        widget=UnfoldAdminSelectWidget,
    )
    fallback_category = forms.ModelChoiceField(
        label=gettext_lazy("category of products without one"),
        queryset=Category.objects.none(),
        required=False,
        empty_label="–",
        widget=UnfoldAdminSelectWidget,
    )
    creates_categories = forms.BooleanField(
        label=gettext_lazy("make categories that are missing"),
        required=False,
        help_text=gettext_lazy("Hidden, until you show them."),
        widget=UnfoldBooleanSwitchWidget,
    )
    sets_stock = forms.BooleanField(
        label=gettext_lazy("take over the stock"),
        required=False,
        initial=True,
        help_text=gettext_lazy("As a count: each difference becomes a movement."),
        widget=UnfoldBooleanSwitchWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["fallback_category"]
        field.queryset = Category.objects.order_by("path")  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".csv,.tsv,.txt,text/csv"


class MappingForm(staff_pages.AskForm):
    """A select for each column of the file; `rows` shows them with what stands in them."""

    def __init__(self, *args: Any, batch: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        choices = self._choices()
        for place, (name, field) in enumerate(zip(batch.header, batch.mapping, strict=True)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                initial=field,
                required=False,
                widget=UnfoldAdminSelectWidget,
            )

    def _choices(self) -> list[tuple[str, str]]:
        module = formats.named(self.batch.format)
        largest = max([3, *(int(n) for f in self.batch.mapping for n in _digits(f))])
        fields = dict.fromkeys(columns.fields_of(module.NAMES, largest))
        # Shelves of our own format are named after locations.
        fields |= dict.fromkeys(field for field in self.batch.mapping if field)
        names = [(field, columns.written(field, module.NAMES)) for field in fields]
        return [("", _("– no field, only kept –")), *names]

    def rows(self) -> list[dict[str, Any]]:
        samples = storing.samples(self.batch)
        return [
            {"field": field, "samples": found} for field, found in zip(self, samples, strict=True)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        seen: set[str] = set()
        for name in self.fields:
            field = given.get(name)
            if field and field in seen:
                self.add_error(name, _("Another column has this field already."))
            seen.add(field or "")
        key = formats.named(self.batch.format).KEY
        if key not in seen and not self.errors:
            column = columns.written(key, formats.named(self.batch.format).NAMES)
            text = _("The column “%(column)s” is needed: it tells products apart.")
            self.add_error(None, text % {"column": column})
        return given

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


def _digits(field: str) -> list[str]:
    return (
        ["".join(filter(str.isdigit, field))] if "option" in field or "attribute" in field else []
    )


class ExportForm(staff_pages.AskForm):
    format = forms.ChoiceField(
        label=gettext_lazy("format"),
        choices=list(reversed(ImportFormat.choices)),
        help_text=gettext_lazy("Kontor's own format holds everything."),
        widget=UnfoldAdminSelectWidget,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("language of its texts"),
        choices=_languages,
        help_text=gettext_lazy("Kontor's own format has both."),
        widget=UnfoldAdminSelectWidget,
    )
