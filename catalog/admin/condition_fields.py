"""The conditions of a rule as fields of a form, and back: none of them needs a script."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from catalog.collections import rules
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    Brand,
    Category,
    Fibre,
    ProductType,
)

_YES_NO = [("", "–"), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


def flag(label: Any, **kwargs: Any) -> forms.ChoiceField:
    widget = UnfoldAdminSelectWidget()
    return forms.ChoiceField(label=label, choices=_YES_NO, required=False, widget=widget, **kwargs)


def amount(label: Any, *, least: Decimal | None = None, places: int = 2) -> forms.DecimalField:
    # A field of text: browsers show no comma in a field of numbers, and drop what they cannot show.
    widget = UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"})
    return forms.DecimalField(
        label=label,
        min_value=least,
        max_digits=9 + places,
        decimal_places=places,
        required=False,
        localize=True,
        widget=widget,
    )


def several(label: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    widget = UnfoldAdminSelectMultipleWidget(attrs={"size": 8})
    return forms.MultipleChoiceField(label=label, required=False, widget=widget, **kwargs)


def choices() -> dict[str, list[tuple[str, Any]]]:
    """What can be chosen in each field that has choices; four statements."""
    shelves = Category.objects.order_by("path")
    paths = [(str(one.pk), "— " * one.path.count("/") + one.name) for one in shelves]
    values = AttributeChoice.objects.select_related("attribute").order_by(
        "attribute__position", "attribute__code", "position", "pk"
    )
    return {
        "category": paths,
        "not_category": paths,
        "brand": [(str(one.pk), one.name) for one in Brand.objects.order_by("name")],
        "fibre": list(Fibre.choices),
        "type": [(str(one.pk), str(one)) for one in ProductType.objects.order_by("code")],
        "choice": [(str(one.pk), f"{one.attribute}: {one}") for one in values],
    }


def attributes() -> list[Attribute]:
    """Those that are asked for by a number or by yes and no."""
    kinds = (AttributeKind.NUMBER, AttributeKind.BOOLEAN)
    return list(Attribute.objects.filter(kind__in=kinds).order_by("position", "code"))


def of_attribute(attribute: Attribute) -> dict[str, forms.Field]:
    """The fields of one of `attributes`, by their names."""
    name, label = f"attribute_{attribute.pk}", capfirst(str(attribute))
    if attribute.kind == AttributeKind.BOOLEAN:
        return {name: flag(label)}
    unit = f" ({attribute.unit})" if attribute.unit else ""
    return {
        f"{name}_low": amount(_("%(name)s from") % {"name": label} + unit, places=4),
        f"{name}_high": amount(_("%(name)s up to") % {"name": label} + unit, places=4),
    }


def rule(given: Mapping[str, Any], numbered: Sequence[Attribute]) -> rules.Rule | None:
    """The conditions that were filled in; `None` for none. Raises `rules.BadRule`."""
    conditions = [
        rules.Condition(field=name, ids=tuple(int(pk) for pk in given[name]))
        for name in ("category", "not_category", "brand", "type", "choice")
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
    if given.get("fibre"):
        share = given.get("fibre_share") or Decimal(100)
        fibres = tuple(given["fibre"])
        conditions.append(rules.Condition(field="fibre", words=fibres, low=share))
    if given.get("words"):
        words = tuple(str(given["words"]).split(","))
        conditions.append(rules.Condition(field="words", words=words))
    conditions += filter(None, (_of_attribute(given, one) for one in numbered))
    return rules.made(given.get("match") or "all", conditions) if conditions else None


def _of_attribute(given: Mapping[str, Any], attribute: Attribute) -> rules.Condition | None:
    name = f"attribute_{attribute.pk}"
    if attribute.kind == AttributeKind.BOOLEAN:
        said = given.get(name)
        if not said:
            return None
        return rules.Condition(field="boolean", attribute=attribute.pk, flag=said == "yes")
    low, high = given.get(f"{name}_low"), given.get(f"{name}_high")
    if low is None and high is None:
        return None
    return rules.Condition(field="number", attribute=attribute.pk, low=low, high=high)


def initial(kept: rules.Rule) -> dict[str, Any]:
    """What the fields of the form show of a rule: the other way round."""
    found: dict[str, Any] = {}
    for one in kept.conditions:
        name = f"attribute_{one.attribute}" if one.attribute else one.field
        if one.field in ("price", "number"):
            found |= {f"{name}_low": one.low, f"{name}_high": one.high}
        elif one.field == "fibre":
            found |= {"fibre": list(one.words), "fibre_share": one.low}
        elif one.field == "words":
            found["words"] = ", ".join(one.words)
        elif one.field == "new":
            found["new"] = one.days
        elif one.flag is not None:
            found[name] = "yes" if one.flag else "no"
        else:
            found[one.field] = [str(pk) for pk in one.ids]
    return found
