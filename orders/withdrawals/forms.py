"""What somebody fills in who withdraws from a contract: no more than § 356a BGB asks for."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import Order, OrderLine
from orders.withdrawals import wording
from shop.kit import languages


class WithdrawalForm(forms.Form):
    """Name, contract and address; of a known order also which goods, none chosen: all of it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    reference = forms.CharField(
        label=_("Order number"),
        help_text=_("Or say otherwise which contract you mean, for example what you bought when."),
        max_length=200,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send the confirmation of receipt to it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("For example, if you withdraw from some of the goods only. No reason needed."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, order: Order | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.lines: list[OrderLine] = list(order.lines.order_by("position")) if order else []
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = forms.BooleanField(label=line.title, required=False)
            if line.quantity > 1:
                self.fields[f"pieces_{line.pk}"] = forms.IntegerField(
                    label=_("Pieces of %(name)s") % {"name": line.title},
                    min_value=1,
                    max_value=line.quantity,
                    initial=line.quantity,
                    required=False,
                )

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """The goods to choose from: a box each, and how many where there are several."""
        for line in self.lines:
            name = f"pieces_{line.pk}"
            count = self[name] if name in self.fields else None
            yield {"box": self[f"line_{line.pk}"], "count": count, "quantity": line.quantity}

    @property
    def sent(self) -> Iterator[tuple[str, str]]:
        """What was sent, once more, for the page that only asks for the confirmation."""
        for name in self.fields:
            value = self.data.get(self.add_prefix(name))
            if value:
                yield name, str(value)

    def declaration(self) -> wording.Declaration:
        """What a valid form declares, in the active language."""
        given = self.cleaned_data
        chosen = {
            line: given.get(f"pieces_{line.pk}") or line.quantity
            for line in self.lines
            if given.get(f"line_{line.pk}")
        }
        return wording.Declaration(
            name=given["name"],
            reference=given["reference"],
            email=given["email"],
            comment=given["comment"],
            language=languages.active(),
            pieces={line.pk: count for line, count in chosen.items()},
            goods=[f"{count} × {line.title}" for line, count in chosen.items()],
            order=self.order,
        )
