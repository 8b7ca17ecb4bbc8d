"""Pages on which staff say what is to be done, before it is done: one template for all apps."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.widgets import (
    INPUT_CLASSES,
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminTextInputWidget,
)

from accounts.models import Customer
from shop.kit import countries

_CLASSES = " ".join(INPUT_CLASSES)


def capitalise(form: forms.BaseForm) -> None:
    """Begin each label with a capital letter, as Django does for fields of models alone."""
    for field in form.fields.values():
        field.label = capfirst(field.label)


def staff(request: HttpRequest) -> Customer | None:
    """Who acts, for the history."""
    return request.user if isinstance(request.user, Customer) else None


def row_of(page: ModelAdmin, request: HttpRequest, object_id: str) -> Any:
    """What an act is about. Raises `Http404` and `PermissionDenied`."""
    row = page.get_object(request, object_id)
    if row is None:
        raise Http404
    if not page.has_view_permission(request, row):
        raise PermissionDenied
    return row


class AskForm(forms.Form):
    """Only the question whether it is meant; pages that want more add fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalise(self)


class ReadOnly:
    """Nothing is added, changed or deleted by hand. Who may change may act; who may view, sees."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Labelled:
    """For tabular inlines: fields named after their columns, which Unfold leaves out; an order."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        for field in formset.form.base_fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", capfirst(field.label))
        position = formset.form.base_fields.get("position")
        if position and obj:
            # A new row goes to the end.
            position.initial = formset.fk.model.objects.filter(**{formset.fk.name: obj}).count()
        return formset


class Arranged(Labelled, TabularInline):
    """Rows that staff put into an order by hand, kept in `position`."""

    extra = 0
    show_title = False
    ordering = ("position", "pk")
    ordering_field = "position"
    hide_ordering_field = True


class CountriesField(forms.CharField):
    """Codes of countries, separated by commas or spaces; cleaned to a list without repetition."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(super().clean(value).upper().replace(",", " ").split()))
        unknown = [code for code in codes if not countries.is_known(code)]
        if unknown:
            text = _("No codes of countries: %(codes)s. Write DE, AT, NL.")
            raise forms.ValidationError(text % {"codes": ", ".join(unknown)})
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def countries_field() -> CountriesField:
    """For forms of models with a list of countries."""
    return CountriesField(
        label=gettext_lazy("countries"),
        help_text=gettext_lazy("Codes such as DE, AT, NL."),
        widget=UnfoldAdminTextInputWidget,
    )


class ManyField(forms.MultipleChoiceField):
    """Some of the rows of a table; `of` turns what is chosen into what is kept."""

    def __init__(self, *, of: type = str, **kwargs: Any) -> None:
        widget = UnfoldAdminSelectMultipleWidget(attrs={"size": 6})
        super().__init__(required=False, widget=widget, **kwargs)
        self.of = of

    def clean(self, value: Any) -> list[Any]:
        return [self.of(one) for one in super().clean(value)]


def missing(kept: Iterable[Any], choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Kept values whose row is gone: they stay visible, or saving would drop them silently."""
    known = {code for code, _name in choices}
    gone = [str(one) for one in kept if str(one) not in known]
    return [(one, str(gettext_lazy("gone: %s")) % one) for one in gone]


def offer(
    form: forms.ModelForm, choices: Mapping[str, list[tuple[str, str]]], arrays: Iterable[str]
) -> None:
    """Offer `choices` by field, what is gone but kept among them; `arrays` begin as they are kept.

    For fields of arrays, which are no fields of the model form. A field that the form does not show
    is passed over.
    """
    for name, of_table in choices.items():
        if name in form.fields:
            gone = missing(getattr(form.instance, name), of_table)
            form.fields[name].choices = [*of_table, *gone]  # type: ignore[attr-defined]
    for name in arrays:
        form.initial[name] = getattr(form.instance, name)


def date_input() -> forms.DateInput:
    """A day, by the browser's own calendar: works without JavaScript and with a keyboard."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": _CLASSES})


def moment_input() -> forms.DateTimeInput:
    """A day and a time, in the shop's time zone."""
    return forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": _CLASSES}
    )


def ask(
    page: ModelAdmin,
    request: HttpRequest,
    *,
    title: str,
    form: forms.BaseForm,
    submit_text: str,
    back_url: str,
    template: str = "admin/ask.html",
    **context: Any,
) -> HttpResponse:
    """The page with `form`; 422 when it came back with errors."""
    full = {
        **page.admin_site.each_context(request),
        "title": title,
        "opts": page.opts,
        "form": form,
        "submit_text": submit_text,
        "back_url": back_url,
        **context,
    }
    return render(request, template, full, status=422 if form.errors else 200)


def audit_log_of(obj: models.Model) -> str:
    """The address of what staff did with `obj` and who looked at it."""
    query = f"object_type__exact={obj._meta.label_lower}&object_id__exact={obj.pk}"
    return f"{reverse('admin:accounts_auditentry_changelist')}?{query}"
