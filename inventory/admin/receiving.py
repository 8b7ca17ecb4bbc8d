"""A delivery: many goods for one location, typed, pasted or scanned, one line each."""

import dataclasses
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from catalog.models import Variant
from inventory import stock
from inventory.admin.counting import MAX_PIECES
from inventory.models import StockLocation
from shop import staff_pages
from shop.kit import clock

MAX_LINES = 1000


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    text: str
    code: str
    pieces: int


class DeliveryForm(staff_pages.AskForm):
    """`lines` is cleaned to pieces by variant; a code on two lines counts twice."""

    location = forms.ModelChoiceField(
        label=gettext_lazy("stock location"),
        queryset=StockLocation.objects.none(),
        widget=UnfoldAdminSelectWidget,
    )
    reference = forms.CharField(
        label=gettext_lazy("delivery note"),
        max_length=80,
        help_text=gettext_lazy("Its number. The same one twice is refused."),
        widget=UnfoldAdminTextInputWidget,
    )
    lines = forms.CharField(
        label=gettext_lazy("goods"),
        help_text=gettext_lazy(
            "One line each: SKU or GTIN, then the pieces (1 where none are named)."
        ),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = StockLocation.objects.filter(is_active=True).order_by("position", "name")
        self.fields["location"].queryset = places  # type: ignore[attr-defined]
        self.fields["location"].initial = places.first()

    def clean_lines(self) -> dict[int, int]:
        lines = [_read(text) for text in self.cleaned_data["lines"].splitlines() if text.strip()]
        if len(lines) > MAX_LINES:
            raise forms.ValidationError(_("At most 1000 lines at once."))
        known = _variants({line.code for line in lines})
        unknown = [line.text for line in lines if line.code not in known]
        if unknown:
            text = _("No such SKU or GTIN: %(codes)s")
            raise forms.ValidationError(text % {"codes": ", ".join(unknown[:10])})
        quantities: dict[int, int] = {}
        for line in lines:
            quantities[known[line.code]] = quantities.get(known[line.code], 0) + line.pieces
        return quantities


def _read(text: str) -> _Line:
    """`MUG-1 12`, `MUG-1;12` or `MUG-1`. Raises `ValidationError` for other numbers."""
    code, *rest = text.replace(";", " ").replace(",", " ").split()
    pieces = rest[0] if rest else "1"
    if len(rest) > 1 or not pieces.isdecimal() or not 1 <= int(pieces) <= MAX_PIECES:
        problem = _("“%(line)s”: how many pieces? Write “SKU 12”.")
        raise forms.ValidationError(problem % {"line": text.strip()})
    return _Line(text=text.strip(), code=code.upper(), pieces=int(pieces))


def _variants(codes: set[str]) -> dict[str, int]:
    """Keys of the variants by SKU and by GTIN, in capitals; one statement."""
    rows = Variant.objects.filter(Q(sku__in=codes) | Q(gtin__in=codes))
    found: dict[str, int] = {}
    for key, sku, gtin in rows.values_list("pk", "sku", "gtin"):
        found[sku.upper()] = key
        if gtin:
            found[gtin] = key
    return found


def page(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for the delivery, book it as a whole."""
    form = DeliveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _carry_out(form):
        count = len(form.cleaned_data["lines"])
        text = ngettext(
            "%(count)d variant was received.", "%(count)d variants were received.", count
        )
        messages.success(request, text % {"count": count})
        return redirect("admin:inventory_stockitem_changelist")
    return staff_pages.ask(
        admin,
        request,
        title=_("Receive a delivery"),
        form=form,
        submit_text=_("Receive"),
        back_url=reverse("admin:inventory_stockitem_changelist"),
    )


def _carry_out(form: DeliveryForm) -> bool:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            stock.receive(
                given["location"],
                given["lines"],
                reference=given["reference"],
                moment=clock.now(),
            )
    except IntegrityError:
        form.add_error(
            "reference", _("This delivery note was booked for one of the goods already.")
        )
    return not form.errors
