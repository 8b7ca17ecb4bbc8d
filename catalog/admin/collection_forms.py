"""The form of a collection: its words and dates, what is picked, and the conditions of its rule."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from catalog.admin import condition_fields, picture_forms
from catalog.collections import editing, goods_fields, rules
from catalog.models import Collection, CollectionPicture, Product
from shop import staff_pages
from shop.kit import languages


class CollectionForm(forms.ModelForm):
    """`content` is what shall be in it, once the form is valid."""

    pinned = goods_fields.ProductsField(
        label=gettext_lazy("picked products, in this order"),
        help_text=gettext_lazy(
            "Slug or SKU, one a line. They stand before what the rule finds; without a rule they "
            "are the collection."
        ),
    )
    excluded = goods_fields.ProductsField(
        label=gettext_lazy("never in it"),
        help_text=gettext_lazy("Slug or SKU, one a line, although the rule finds them."),
    )
    match = forms.ChoiceField(
        label=gettext_lazy("which conditions have to hold"),
        choices=[("all", gettext_lazy("all of them")), ("any", gettext_lazy("any one of them"))],
        initial="all",
        widget=UnfoldAdminRadioSelectWidget,
    )
    category = condition_fields.several(
        gettext_lazy("in a category"), help_text=gettext_lazy("Or in one below it.")
    )
    not_category = condition_fields.several(gettext_lazy("not in a category"))
    brand = condition_fields.several(gettext_lazy("of a brand"))
    price_low = condition_fields.amount(gettext_lazy("price from"), least=Decimal(0))
    price_high = condition_fields.amount(gettext_lazy("price up to"), least=Decimal(0))
    reduced = condition_fields.flag(gettext_lazy("reduced now"))
    new = forms.IntegerField(
        label=gettext_lazy("in the shop for at most … days"),
        min_value=1,
        max_value=rules.MAX_DAYS,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget(),
    )
    featured = condition_fields.flag(gettext_lazy("featured"))
    available = condition_fields.flag(
        gettext_lazy("can be ordered"), help_text=gettext_lazy("Looked at every ten minutes.")
    )
    type = condition_fields.several(gettext_lazy("of a product type"))
    choice = condition_fields.several(
        gettext_lazy("has one of these values"),
        help_text=gettext_lazy("Of one attribute any of them, of several attributes all."),
    )
    fibre = condition_fields.several(
        gettext_lazy("made of these fibres"),
        help_text=gettext_lazy("By the fibre content that the law wants: each part of it."),
    )
    fibre_share = condition_fields.amount(
        gettext_lazy("of them at least … percent (empty: 100)"), least=Decimal(1)
    )
    words = forms.CharField(
        label=gettext_lazy("has one of these search words"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Separated by commas."),
        widget=UnfoldAdminTextInputWidget(),
    )

    class Meta:
        model = Collection
        fields = (
            "name_de", "name_en", "slug", "intro_de", "intro_en", "is_active", "starts_at",
            "ends_at", "is_on_home", "is_in_menu", "position", "title_de", "title_en",
            "description_de", "description_en",
        )  # fmt: skip
        widgets: ClassVar = {
            **{
                name: UnfoldAdminTextInputWidget
                for name in ("name_de", "name_en", "slug", "title_de", "title_en")
            },
            **{
                name: UnfoldAdminTextareaWidget(attrs={"rows": 4})
                for name in ("intro_de", "intro_en", "description_de", "description_en")
            },
            **{
                name: UnfoldBooleanSwitchWidget
                for name in ("is_active", "is_on_home", "is_in_menu")
            },
            "starts_at": staff_pages.moment_input(),
            "ends_at": staff_pages.moment_input(),
            "position": UnfoldAdminIntegerFieldWidget,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        for name, choices in condition_fields.choices().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]
        self.attributes = condition_fields.attributes()
        for attribute in self.attributes:
            self.fields |= condition_fields.of_attribute(attribute)
        if self.instance.pk:
            self._fill_in()

    def _fill_in(self) -> None:
        content = editing.content_of(self.instance)
        known = Product.objects.in_bulk([*content.pinned, *content.excluded])
        for name in ("pinned", "excluded"):
            ids = getattr(content, name)
            self.initial[name] = "\n".join(known[pk].slug for pk in ids)
        if content.rule:
            self.initial["match"] = content.rule.match
            self.initial.update(condition_fields.initial(content.rule))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts_at, ends_at = given.get("starts_at"), given.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end lies after the beginning."))
        try:
            self.content = editing.Content(
                rule=condition_fields.rule(given, self.attributes),
                pinned=tuple(given.get("pinned") or ()),
                excluded=tuple(given.get("excluded") or ()),
            )
        except rules.BadRule as problem:
            self.add_error(None, str(problem))
        if given.get("excluded") and not self.errors and self.content.rule is None:
            self.add_error("excluded", _("Without a rule only what is picked comes in."))
        return given


class CollectionPictureForm(picture_forms.PictureForm):
    """The picture at the head of the page; another file replaces it."""

    is_replaceable = True

    class Meta:
        model = CollectionPicture
        fields = ("alt_de", "alt_en")
        widgets: ClassVar = {
            "alt_de": UnfoldAdminTextInputWidget,
            "alt_en": UnfoldAdminTextInputWidget,
        }


def picture_form(collection: Collection, *args: Any) -> CollectionPictureForm:
    """The form with the picture that `collection` has, or for its first."""
    kept = CollectionPicture.objects.filter(collection=collection).first()
    return CollectionPictureForm(*args, instance=kept or CollectionPicture(collection=collection))


def names_of(form: CollectionForm) -> list[tuple[str, list[str]]]:
    """The fields in groups, as the page shows them: (title, names)."""
    words = ["name_de", "name_en", "intro_de", "intro_en", "slug"]
    shown = ["is_active", "starts_at", "ends_at", "is_on_home", "is_in_menu", "position"]
    seo = [f"{name}_{code}" for name in ("title", "description") for code in languages.codes()]
    picked = ["pinned", "excluded"]
    rule = [name for name in form.fields if name not in {*words, *shown, *seo, *picked}]
    return [
        (_("Words"), words),
        (_("Picked by hand"), picked),
        (_("Rule"), rule),
        (_("Where and when it is shown"), shown),
        (_("Search engines"), seo),
    ]
