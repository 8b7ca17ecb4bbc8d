"""The form of a collection: its words and dates, what is picked, and the conditions of its rule."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from catalog.admin import picture_forms
from catalog.collections import editing, rules
from catalog.models import Brand, Category, Collection, CollectionPicture, Product
from shop import staff_pages
from shop.kit import languages

_YES_NO = [("", "–"), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


def _flag(label: Any, **kwargs: Any) -> forms.ChoiceField:
    widget = UnfoldAdminSelectWidget()
    return forms.ChoiceField(label=label, choices=_YES_NO, required=False, widget=widget, **kwargs)


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        required=False,
        localize=True,
        widget=UnfoldAdminDecimalFieldWidget(),
    )


def _several(label: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    widget = UnfoldAdminSelectMultipleWidget(attrs={"size": 8})
    return forms.MultipleChoiceField(label=label, required=False, widget=widget, **kwargs)


class ProductLinesField(forms.CharField):
    """Products by slug or SKU, one a line, in their order; cleaned to their ids."""

    widget = UnfoldAdminTextareaWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> tuple[int, ...]:
        names = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        try:
            return tuple(editing.products_named(names))
        except editing.UnknownProducts as problem:
            raise forms.ValidationError(str(problem)) from problem


class CollectionForm(forms.ModelForm):
    """`content` is what shall be in it, once the form is valid."""

    pinned = ProductLinesField(
        label=gettext_lazy("picked products, in this order"),
        help_text=gettext_lazy(
            "Slug or SKU, one a line. They stand before what the rule finds; without a rule they "
            "are the collection."
        ),
    )
    excluded = ProductLinesField(
        label=gettext_lazy("never in it"),
        help_text=gettext_lazy("Slug or SKU, one a line, although the rule finds them."),
    )
    match = forms.ChoiceField(
        label=gettext_lazy("which conditions have to hold"),
        choices=[("all", gettext_lazy("all of them")), ("any", gettext_lazy("any one of them"))],
        initial="all",
        widget=UnfoldAdminRadioSelectWidget,
    )
    category = _several(
        gettext_lazy("in a category"), help_text=gettext_lazy("Or in one below it.")
    )
    not_category = _several(gettext_lazy("not in a category"))
    brand = _several(gettext_lazy("of a brand"))
    price_low = _amount(gettext_lazy("price from"))
    price_high = _amount(gettext_lazy("price up to"))
    reduced = _flag(gettext_lazy("reduced now"))
    new = forms.IntegerField(
        label=gettext_lazy("in the shop for at most … days"),
        min_value=1,
        max_value=rules.MAX_DAYS,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget(),
    )
    featured = _flag(gettext_lazy("featured"))
    available = _flag(
        gettext_lazy("can be ordered"), help_text=gettext_lazy("Looked at every ten minutes.")
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
                name: UnfoldAdminTextareaWidget
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
        shelves = Category.objects.order_by("path")
        paths = [(str(one.pk), "— " * one.path.count("/") + one.name) for one in shelves]
        brands = [(str(one.pk), one.name) for one in Brand.objects.order_by("name")]
        for name, choices in (("category", paths), ("not_category", paths), ("brand", brands)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if self.instance.pk:
            self._fill_in()

    def _fill_in(self) -> None:
        content = editing.content_of(self.instance)
        known = Product.objects.in_bulk([*content.pinned, *content.excluded])
        for name in ("pinned", "excluded"):
            ids = getattr(content, name)
            self.initial[name] = "\n".join(known[pk].slug for pk in ids)
        if content.rule:
            self.initial |= {"match": content.rule.match, **_initial(content.rule)}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts_at, ends_at = given.get("starts_at"), given.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end lies after the beginning."))
        try:
            self.content = editing.Content(
                rule=_rule(given),
                pinned=given.get("pinned") or (),
                excluded=given.get("excluded") or (),
            )
        except rules.BadRule as problem:
            self.add_error(None, str(problem))
        if given.get("excluded") and not self.errors and self.content.rule is None:
            self.add_error("excluded", _("Without a rule only what is picked comes in."))
        return given


def _rule(given: dict[str, Any]) -> rules.Rule | None:
    """The conditions that were filled in; `None` for none. Raises `rules.BadRule`."""
    conditions = [
        rules.Condition(field=name, ids=tuple(int(pk) for pk in given[name]))
        for name in ("category", "not_category", "brand")
        if given.get(name)
    ]
    low, high = given.get("price_low"), given.get("price_high")
    if low is not None or high is not None:
        conditions.append(rules.Condition(field="price", low=low, high=high))
    conditions += [
        rules.Condition(field=name, flag=given[name] == "yes")
        for name in ("reduced", "featured", "available")
        if given.get(name)
    ]
    if given.get("new"):
        conditions.append(rules.Condition(field="new", days=given["new"]))
    if given.get("words"):
        words = tuple(str(given["words"]).split(","))
        conditions.append(rules.Condition(field="words", words=words))
    return rules.made(given.get("match") or "all", conditions) if conditions else None


def _initial(rule: rules.Rule) -> dict[str, Any]:
    """What the fields of the form show of a rule: the other way round."""
    found: dict[str, Any] = {}
    for one in rule.conditions:
        if one.field == "price":
            found |= {"price_low": one.low, "price_high": one.high}
        elif one.field == "words":
            found["words"] = ", ".join(one.words)
        elif one.field == "new":
            found["new"] = one.days
        elif one.flag is not None:
            found[one.field] = "yes" if one.flag else "no"
        else:
            found[one.field] = [str(pk) for pk in one.ids]
    return found


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
    words = ["name_de", "name_en", "slug", "intro_de", "intro_en"]
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
