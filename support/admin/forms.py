"""What staff fill in on the page of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    INPUT_CLASSES,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from accounts.models import Customer
from shop import staff_pages
from support.forms import MAX_TEXT, FilesField
from support.models import Case, Priority, Topic


class AnswerForm(staff_pages.AskForm):
    """An answer, or a note; the button says which."""

    text = forms.CharField(
        label=_("text"), max_length=MAX_TEXT, widget=UnfoldAdminTextareaWidget(attrs={"rows": 9})
    )
    files = FilesField()  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["class"] = " ".join(INPUT_CLASSES)


class SetUpForm(staff_pages.AskForm):
    """Who sees to it, and how soon."""

    assignee = forms.ModelChoiceField(
        Customer.objects.filter(is_staff=True, is_active=True).order_by("name", "email"),
        label=_("assigned to"),
        required=False,
        empty_label=_("nobody"),
        widget=UnfoldAdminSelectWidget,
    )
    topic = forms.ChoiceField(
        label=_("topic"), choices=Topic.choices, widget=UnfoldAdminSelectWidget
    )
    priority = forms.ChoiceField(
        label=_("priority"), choices=Priority.choices, widget=UnfoldAdminSelectWidget
    )


class NumberForm(staff_pages.AskForm):
    """The case that an incoming mail belongs to."""

    number = forms.CharField(
        label=_("number of the case"), max_length=20, widget=UnfoldAdminTextInputWidget
    )

    def clean_number(self) -> Case:
        found = Case.objects.filter(
            number=self.cleaned_data["number"].strip().upper(), merged_into=None
        ).first()
        if found is None:
            raise forms.ValidationError(_("There is no such case."))
        return found
