"""Fields of the forms of goods: a table as lines of text, a picture as a file that is checked."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget

from catalog import pictures


class TableField(forms.CharField):
    """Rows of label and value, written as lines `label: value`."""

    widget = UnfoldAdminTextareaWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("One line each: label: value"))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{label}: {text}" for label, text in value)
        return value

    def clean(self, value: Any) -> list[list[str]]:
        rows = []
        for line in super().clean(value).splitlines():
            label, colon, text = (part.strip() for part in line.partition(":"))
            if not line.strip():
                continue
            if not (colon and label and text):
                raise forms.ValidationError(
                    _("“%(line)s” has no label and value: write “label: value”.") % {"line": line}
                )
            rows.append([label, text])
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PictureWidget(UnfoldAdminFileFieldWidget):
    """Shows the picture that is there; a file is chosen for a new one, or for a replaceable one."""

    picture_url = ""
    alt = ""
    is_replaceable = False

    class Media:
        js = (forms.Script("admin/focal_point.js", type="module"),)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        chooser = super().render(name, None, attrs, renderer)
        if not self.picture_url:
            return chooser
        shown = format_html(
            '<focal-point class="focal-point" data-prefix="{}"><img src="{}" alt="{}" width="128"'
            ' class="rounded-default" loading="lazy"></focal-point>',
            name.removesuffix("upload"),
            self.picture_url,
            self.alt,
        )
        return format_html("{}{}", shown, chooser) if self.is_replaceable else shown


class ManyFilesWidget(forms.FileInput):
    """Takes several files, and lets them be dropped on it: browsers do that by themselves."""

    allow_multiple_selected = True


class PictureField(forms.FileField):
    """A JPEG, PNG or WebP file; cleaned to `pictures.Encoded`, refused with the reason."""

    widget = PictureWidget

    def __init__(self, *, at_once: tuple[int, ...] = pictures.AT_ONCE, **kwargs: Any) -> None:
        self.at_once = at_once
        kwargs.setdefault("help_text", gettext_lazy("JPEG, PNG or WebP, up to 8 MB."))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/jpeg,image/png,image/webp"

    def clean(self, data: Any, initial: Any = None) -> pictures.Encoded | None:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            # One byte more than allowed is enough to be refused; the rest is not read.
            return pictures.encode(upload.read(pictures.MAX_BYTES + 1), at_once=self.at_once)
        except pictures.NotAPicture as problem:
            raise forms.ValidationError(str(problem)) from problem


class PicturesField(PictureField):
    """Several pictures at once; the refusal names the file."""

    widget = ManyFilesWidget  # type: ignore[assignment]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["class"] = "drop-zone"

    def clean(self, data: Any, initial: Any = None) -> list[pictures.Encoded]:  # type: ignore[override]
        uploads = data or []
        if not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        cleaned, problems = [], []
        for upload in uploads:
            try:
                cleaned.append(super().clean(upload, initial))
            except forms.ValidationError as problem:
                problems += [f"{upload.name}: {text}" for text in problem.messages]
        if problems:
            raise forms.ValidationError(problems)
        return [one for one in cleaned if one is not None]
