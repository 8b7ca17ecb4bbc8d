"""Two choices of an attribute become one: say which, see whom it concerns, do it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminSelectWidget

from catalog import categories, products
from catalog.attributes import merging
from catalog.models import Attribute, AttributeChoice
from shop import staff_pages
from shop.kit import clock

NAMED = 10


class MergeForm(staff_pages.AskForm):
    choice = forms.ModelChoiceField(
        AttributeChoice.objects.none(),
        label=gettext_lazy("this choice disappears"),
        widget=UnfoldAdminSelectWidget,
    )
    into = forms.ModelChoiceField(
        AttributeChoice.objects.none(),
        label=gettext_lazy("this one is said instead"),
        widget=UnfoldAdminSelectWidget,
    )
    # What staff saw of it: how many products and which collections.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, attribute: Attribute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("choice", "into"):
            field: Any = self.fields[name]
            field.queryset = attribute.choices.order_by("position", "pk")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice") and given.get("choice") == given.get("into"):
            self.add_error("into", _("Choose another one: this is the one that disappears."))
        return given

    def hide(self, seen: str) -> None:
        """Ask no more which: only whether it is meant."""
        self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]
        for name in ("choice", "into"):
            self.fields[name].widget = forms.HiddenInput()


def ask(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Fill in; then see how many products it concerns; then merge. All three at one address."""
    attribute = page.get_object(request, object_id)
    if attribute is None:
        raise Http404
    form = MergeForm(request.POST or None, attribute=attribute)
    text = _("Products, options and collections say the second one instead of the first.")
    submit_text = _("See whom it concerns")
    if form.is_valid():
        choice, into = form.cleaned_data["choice"], form.cleaned_data["into"]
        reach = merging.reach_of(choice)
        seen = _digest(reach)
        if form.cleaned_data["seen"] == seen:
            return _merge(page, request, attribute, choice, into)
        form.hide(seen)
        text, submit_text = _told(choice, into, reach), _("Merge them")
    return staff_pages.ask(
        page,
        request,
        title=_("Merge choices: %(name)s") % {"name": attribute},
        form=form,
        text=text,
        submit_text=submit_text,
        back_url=reverse("admin:catalog_attribute_change", args=[attribute.pk]),
    )


def _digest(reach: merging.Reach) -> str:
    return f"{len(reach.product_ids)}-" + ".".join(str(one.pk) for one in reach.collections)


def _told(choice: AttributeChoice, into: AttributeChoice, reach: merging.Reach) -> str:
    count = len(reach.product_ids)
    text = ngettext(
        "“%(choice)s” becomes “%(into)s” at %(count)d product and is deleted. There is no undo.",
        "“%(choice)s” becomes “%(into)s” at %(count)d products and is deleted. There is no undo.",
        count,
    ) % {"choice": choice, "into": into, "count": count}
    if reach.collections:
        names = ", ".join(str(one) for one in reach.collections[:NAMED])
        text += " " + _("Rules of collections that follow: %(names)s.") % {"names": names}
    return text


def _merge(
    page: ModelAdmin,
    request: HttpRequest,
    attribute: Attribute,
    choice: AttributeChoice,
    into: AttributeChoice,
) -> HttpResponse:
    said = _("“%(choice)s” is “%(into)s” now.") % {"choice": choice, "into": into}
    reach = merging.merge(choice, into, moment=clock.now())
    products.touch(reach.product_ids)
    categories.changed()
    page.log_change(request, attribute, said)
    messages.success(request, said)
    return redirect("admin:catalog_attribute_change", attribute.pk)
