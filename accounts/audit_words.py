"""What of a changed form may stand in the audit log: names of all fields, values of few.

A value is written where it cannot be personal: numbers, dates, choices, switches and keys of rows;
texts only of models that no `personal_data.py` names. Everything else is masked.
"""

import functools
import importlib
import inspect
import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models

MASK = None
LONGEST = 120
_PERSONAL_NAMES = re.compile(
    r"mail|name$|street|city|postcode|phone|company|address|iban|holder|password|secret|token|note"
)
_HARMLESS = (
    models.BooleanField,
    models.DateField,
    models.DecimalField,
    models.IntegerField,
    models.ManyToManyField,
    models.ForeignKey,
)


@functools.cache
def personal_models() -> frozenset[type[models.Model]]:
    """The models that some `personal_data.py` hands out and erases."""
    holders = [importlib.import_module(name) for name in settings.PERSONAL_DATA_HOLDERS]
    found = {
        one
        for holder in holders
        for one in vars(holder).values()
        if inspect.isclass(one) and issubclass(one, models.Model)
    }
    return frozenset(found)


def is_personal(model: type[models.Model]) -> bool:
    """Do rows of `model` say something about a person, or hang on a row that does?"""
    if model is Group:
        return False
    return bool({model._meta.concrete_model, *_owners(model)} & personal_models())


def _owners(model: type[models.Model]) -> set[Any]:
    """What the rows cannot be without: the order of a payment, the case of a message."""
    return {
        field.related_model
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and not field.null
    }


def changes(form: forms.BaseModelForm) -> dict[str, Any]:
    """`{field: [before, after]}` of a form that was saved, or `{field: None}` where masked."""
    model = form._meta.model
    return {name: _change(form, model, name) for name in form.changed_data}


def _change(form: forms.BaseModelForm, model: type[models.Model], name: str) -> Any:
    field = next((one for one in model._meta.get_fields() if one.name == name), None)
    if not isinstance(field, models.Field) or not _may_be_read(model, field):
        return MASK
    before, after = form.initial.get(name), form.cleaned_data.get(name)
    return [_text(before), _text(after)]


def _may_be_read(model: type[models.Model], field: "models.Field[Any, Any]") -> bool:
    if isinstance(field, _HARMLESS) or field.choices:
        return True
    if is_personal(model) or _PERSONAL_NAMES.search(field.name):
        return False
    return isinstance(field, models.CharField | models.TextField)


def _text(value: Any) -> str:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, models.QuerySet | list | tuple):
        keys = [one.pk if isinstance(one, models.Model) else one for one in value]
        return ",".join(sorted(str(one) for one in keys))[:LONGEST]
    return "" if value is None else str(value)[:LONGEST]
