"""What people send who write to the shop. Files are looked at later: first who sends them."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from support import attachments
from support.models import Topic

MAX_TEXT = 10_000


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, counted and weighed; what they are is asked by `attachments.checked`."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Pictures or PDF"),
            required=False,
            allow_empty_file=True,  # refused below, with its name
            help_text=_(
                "Up to 5 files (JPEG, PNG, WebP or PDF) of 10 MB each, pictures of 8 MB. Place and"
                " camera are removed from pictures."
            ),
            widget=FilesInput(attrs={"accept": attachments.ACCEPT}),
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [one for one in files if one]


class _WithText(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    files = FilesField()  # type: ignore[assignment]


class ContactForm(_WithText):
    """The first message. Customers who are signed in are not asked for their address."""

    topic = forms.ChoiceField(label=_("What is it about?"), choices=Topic.choices)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Our answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    order_number = forms.CharField(
        label=_("Order number"),
        max_length=20,
        required=False,
        help_text=_("If it is about an order; it stands in the confirmation."),
    )
    order = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    field_order = ("topic", "name", "email", "order_number", "text", "files")

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["email"]

    def clean_name(self) -> str:
        return attachments.UNWANTED.sub("", self.cleaned_data["name"]).strip()


class MessageForm(_WithText):
    """A further message."""


class SatisfactionForm(forms.Form):
    """How it was, from 1 to 5."""

    score = forms.TypedChoiceField(
        label=_("How satisfied are you with our answer?"),
        choices=[
            (5, _("5 – very satisfied")),
            (4, _("4 – satisfied")),
            (3, _("3 – partly")),
            (2, _("2 – dissatisfied")),
            (1, _("1 – very dissatisfied")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What could we do better?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
