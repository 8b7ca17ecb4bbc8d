"""Rows of pictures: a file makes one, then only its words and its place can be changed."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog import pictures
from catalog.admin.fields import PictureField, PicturesField
from catalog.models import CategoryPicture, Hero, OptionValue, Product, ProductPicture
from catalog.storefront import home_page
from shop import staff_pages


class PictureForm(forms.ModelForm):
    """`upload` is wanted for a new row; for others it shows what is there."""

    is_replaceable = False
    upload = PictureField(label=_("picture"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        self.to_store: list[pictures.Encoded] = []
        if self.instance.pk:
            field = self.fields["upload"]
            field.required = False
            field.widget.picture_url = self.instance.url(320)
            field.widget.alt = self.instance.alt
            field.widget.is_replaceable = self.is_replaceable
            if not self.is_replaceable:
                field.help_text = ""

    def clean_upload(self) -> pictures.Encoded | None:
        """The row takes key, size, widths and colour from its file."""
        encoded: pictures.Encoded | None = self.cleaned_data["upload"]
        if encoded and (self.is_replaceable or not self.instance.pk):
            for column, value in encoded.columns.items():
                setattr(self.instance, column, value)
            self.to_store.append(encoded)
        return encoded


class ProductPictureForm(PictureForm):
    class Meta:
        model = ProductPicture
        fields = ("alt_de", "alt_en", "option_value", "focus_x", "focus_y", "position")
        # Heads of narrow columns; the point itself is set by a click on the picture.
        labels: ClassVar = {
            "option_value": _("shown first for"),
            "focus_x": _("focus x (%)"),
            "focus_y": _("focus y (%)"),
        }


class CategoryPictureForm(PictureForm):
    is_replaceable = True

    class Meta:
        model = CategoryPicture
        fields = ("alt_de", "alt_en", "focus_x", "focus_y")


class HeroForm(PictureForm):
    """Two pictures: a wide one, and a tall one for phones. Another file replaces either."""

    is_replaceable = True
    upload = PictureField(label=_("picture"), at_once=home_page.HERO_AT_ONCE)
    phone_upload = PictureField(
        label=_("picture (phone)"), at_once=home_page.PHONE_AT_ONCE, required=False
    )

    class Meta:
        model = Hero
        fields = (
            "alt_de",
            "alt_en",
            "focus_x",
            "focus_y",
            "title_de",
            "title_en",
            "text_de",
            "text_en",
            "button_de",
            "button_en",
            "category",
        )

    def clean_phone_upload(self) -> pictures.Encoded | None:
        encoded: pictures.Encoded | None = self.cleaned_data["phone_upload"]
        if encoded:
            self.instance.mobile_key = encoded.key
            self.instance.mobile_width, self.instance.mobile_height = encoded.width, encoded.height
            self.instance.mobile_widths = encoded.widths
            self.instance.mobile_renditions = encoded.renditions
            self.to_store.append(encoded)
        return encoded


class AddPicturesForm(staff_pages.AskForm):
    """Several files with what is true of all of them; each is described by itself afterwards."""

    uploads = PicturesField(
        label=_("pictures"),
        help_text=_(
            "Choose files or drop them here: JPEG, PNG or WebP, up to 8 MB each, 20 at once."
        ),
    )
    alt_de = forms.CharField(
        label=_("description (German)"), max_length=200, widget=UnfoldAdminTextInputWidget
    )
    alt_en = forms.CharField(
        label=_("description (English)"), max_length=200, widget=UnfoldAdminTextInputWidget
    )
    option_value = forms.ModelChoiceField(
        OptionValue.objects.none(),
        label=_("shown first for"),
        required=False,
        empty_label="–",
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt_de"].initial, self.fields["alt_en"].initial = (
            product.name_de,
            product.name_en,
        )
        values = OptionValue.objects.filter(option__product=product).select_related("option")
        field = cast(forms.ModelChoiceField, self.fields["option_value"])
        field.queryset = values.order_by("option__position", "position")


def store(forms_: Iterable[Any]) -> None:
    """Write the files of all new pictures in `forms_`, and have the crops of others made anew.

    Files of one content exist once.
    """
    for form in forms_:
        for encoded in getattr(form, "to_store", []):
            pictures.store(encoded)
        if form.instance.pk and {"focus_x", "focus_y"} & set(form.changed_data):
            pictures.ask_again([form.instance.key])
