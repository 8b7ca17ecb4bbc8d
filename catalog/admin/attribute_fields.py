"""The attributes of a product or variant in its form: a field of its kind for each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from catalog.attributes import completeness, units, writing
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    AttributeValue,
    Option,
    Product,
    TypeAttribute,
    Variant,
)
from shop import staff_pages
from shop.kit import languages

_PREFIX = "typed_"
_NOTHING = ("", "–")


class NumberField(forms.CharField):
    """A number in any unit of the dimension; cleaned to the one that is kept."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        name = units.name(unit, languages.active())
        widget = UnfoldAdminTextInputWidget({"suffix": name} if unit else {})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return units.parsed(text, self.unit)
        except units.Wrong as problem:
            raise forms.ValidationError(str(problem)) from problem


def asked_of(product: Product) -> list[TypeAttribute]:
    """What the type of `product` asks for, in its order, without what options say already; then
    what it has besides. Choices are read along.
    """
    by_option = Option.objects.filter(product=product, attribute__isnull=False)
    taken = set(by_option.values_list("attribute_id", flat=True))
    rows = TypeAttribute.objects.filter(product_type=product.product_type_id)
    rows = rows.exclude(attribute__in=taken).order_by("position", "pk")
    found = list(rows.select_related("attribute").prefetch_related("attribute__choices"))
    asked = {one.attribute_id for one in found} | taken
    more = Attribute.objects.filter(values__product=product).exclude(pk__in=asked).distinct()
    for attribute in more.order_by("position", "pk").prefetch_related("choices"):
        found.append(TypeAttribute(attribute=attribute))
    return found


def fields_of(asked: Iterable[TypeAttribute], values: Iterable[AttributeValue]) -> dict[str, Any]:
    """A field for each attribute (two for a text), with what is said now."""
    held: dict[int, list[AttributeValue]] = {}
    for value in values:
        held.setdefault(value.attribute_id, []).append(value)
    found: dict[str, Any] = {}
    for one in asked:
        now = held.get(one.attribute_id, [])
        found |= _fields(one.attribute, now, is_required=one.is_required)
    return found


def _fields(
    attribute: Attribute, now: list[AttributeValue], *, is_required: bool
) -> dict[str, forms.Field]:
    name, kind = f"{_PREFIX}{attribute.pk}", attribute.kind
    label = f"{attribute} *" if is_required else str(attribute)
    facts: dict[str, Any] = {"label": label, "required": False}
    if kind == AttributeKind.TEXT:
        return {
            f"{name}_{code}": forms.CharField(
                **(facts | {"label": f"{label} ({code})"}),
                max_length=500,
                initial=getattr(now[0], f"text_{code}") if now else "",
                widget=UnfoldAdminTextInputWidget(),
            )
            for code in languages.codes()
        }
    if kind == AttributeKind.NUMBER:
        mark = "," if languages.active() == "de" else "."
        initial: Any = units.plain(now[0].number, mark) if now and now[0].number is not None else ""
        return {name: NumberField(unit=attribute.unit, initial=initial, **facts)}
    if kind == AttributeKind.BOOLEAN:
        choices = [_NOTHING, ("true", _("yes")), ("false", _("no"))]
        initial = str(now[0].boolean).lower() if now else ""
        return {name: _select(choices, initial, facts)}
    if kind == AttributeKind.DATE:
        initial = now[0].date if now else None
        widget = staff_pages.date_input()
        return {name: forms.DateField(initial=initial, widget=widget, **facts)}
    return {name: _chooser(attribute, [value.choice_id for value in now], facts)}


def _select(choices: Sequence[tuple[Any, Any]], initial: Any, facts: Any) -> forms.ChoiceField:
    widget = UnfoldAdminSelectWidget()
    return forms.ChoiceField(choices=choices, initial=initial, widget=widget, **facts)


def _chooser(attribute: Attribute, chosen: list[int | None], facts: Any) -> forms.Field:
    rows = sorted(attribute.choices.all(), key=lambda one: (one.position, one.pk))
    if attribute.kind == AttributeKind.MULTI_CHOICE:
        return forms.MultipleChoiceField(
            choices=[(str(one.pk), str(one)) for one in rows],
            initial=[str(key) for key in chosen],
            widget=UnfoldAdminCheckboxSelectMultipleWidget(),
            **facts,
        )
    initial = str(chosen[0]) if chosen else ""
    if attribute.kind == AttributeKind.SWATCH:
        shown = [_NOTHING, *((str(one.pk), _swatch(one)) for one in rows)]
        widget = UnfoldAdminRadioSelectWidget()
        return forms.ChoiceField(choices=shown, initial=initial, widget=widget, **facts)
    return _select([_NOTHING, *((str(one.pk), str(one)) for one in rows)], initial, facts)


def _swatch(choice: AttributeChoice) -> str:
    """A disc of its colour before its name: an attribute of SVG, as the CSP forbids styles."""
    return format_html(
        '<svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true" class="inline mr-1">'
        '<circle cx="10" cy="10" r="9" fill="{}" stroke="#888"/></svg>{}',
        choice.swatch or "none",
        choice,
    )


def names_in(form: type[forms.ModelForm]) -> list[Any]:
    """The names of the fields for attributes, the two of a text beside each other."""
    found: list[Any] = []
    for name in form.base_fields:
        if name.startswith(_PREFIX):
            key = name.split("_")[1]
            if found and isinstance(found[-1], tuple) and found[-1][0].split("_")[1] == key:
                found[-1] = (*found[-1], name)
            else:
                found.append((name,) if name.count("_") == 2 else name)
    return found


def save(form: forms.ModelForm, product: Product, variant: Variant | None = None) -> None:
    """Write what was changed; whoever calls touches the product."""
    keys = {int(name.split("_")[1]) for name in form.changed_data if name.startswith(_PREFIX)}
    for attribute in Attribute.objects.filter(pk__in=keys).prefetch_related("choices"):
        cells = writing.cells_of(
            attribute, _given(form, attribute), choices=attribute.choices.all()
        )
        writing.put(product, attribute, cells, variant=variant)


def _given(form: forms.ModelForm, attribute: Attribute) -> Any:
    name = f"{_PREFIX}{attribute.pk}"
    if attribute.kind == AttributeKind.TEXT:
        return {code: form.cleaned_data[f"{name}_{code}"] for code in languages.codes()}
    value = form.cleaned_data[name]
    if not AttributeKind(attribute.kind).has_choices or not value:
        return value
    wanted = set(value if isinstance(value, list) else [value])
    return [one for one in attribute.choices.all() if str(one.pk) in wanted]


def form_for(
    base: type[forms.ModelForm], product: Product, variant: Variant | None = None
) -> type[forms.ModelForm]:
    """`base` with the fields of `product`, or those that its variants have of their own."""
    asked = asked_of(product)
    every = list(AttributeValue.objects.filter(product=product))
    key = variant.pk if variant else None
    values = [value for value in every if value.variant_id == key]
    if variant is not None:
        said = {value.attribute_id for value in values}
        asked = [one for one in asked if one.is_per_variant or one.attribute_id in said]
    fields = fields_of(asked, values)
    if variant is None:
        _point_at_variants(fields, every)
    return type(base.__name__, (base,), fields)


def _point_at_variants(fields: dict[str, forms.Field], values: list[AttributeValue]) -> None:
    """An empty field may be said variant by variant."""
    of_variants = {value.attribute_id for value in values if value.variant_id}
    for name, field in fields.items():
        if int(name.split("_")[1]) in of_variants:
            field.help_text = _("Variants have values of their own.")


class Described(ModelAdmin):
    """For the page of a product: its type, a field for each attribute, and how many are filled."""

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if obj is not None and self.has_change_permission(request, obj):
            kwargs["form"] = _form_of(self.form, obj)
        return super().get_form(request, obj, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One tab more, before the texts."""
        first, *others = super().get_fieldsets(request, obj)
        text = _("Choose a type and save: its attributes appear here.")
        names: list[Any] = []
        if obj is not None:
            if filled := completeness.of([obj])[obj.pk].text:
                text = _("%(filled)s. Those with * are required on sale.") % {"filled": filled}
            if self.has_change_permission(request, obj):
                names = names_in(_form_of(self.form, obj))
        facts = {"classes": ["tab"], "description": text, "fields": ["product_type", *names]}
        return [first, (_("Attributes"), facts), *others]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        save(form, form.instance)
        super().save_related(request, form, formsets, change)


def _form_of(base: type[forms.ModelForm], product: Product) -> type[forms.ModelForm]:
    """Made once for an instance: Django asks for it several times a page."""
    if not hasattr(product, "described_form"):
        product.described_form = form_for(base, product)  # type: ignore[attr-defined]
    return product.described_form  # type: ignore[attr-defined]
