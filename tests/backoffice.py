"""The desk of somebody on staff: opens pages of the admin, fills in forms, counts statements."""

import io
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import Customer


class Desk:
    """A signed-in browser."""

    def __init__(self, person: Customer) -> None:
        self.client = Client()
        self.client.force_login(person)

    def get(self, address: str, status: int = 200) -> Any:
        response = self.client.get(address)
        assert response.status_code == status, f"{address}: {response.status_code}"
        return response

    def text(self, address: str) -> str:
        return self.get(address).content.decode()

    def post(self, address: str, /, **data: Any) -> Any:
        return self.client.post(address, data)

    def form(self, address: str) -> dict[str, Any]:
        """What the form at `address` would send if nobody typed anything."""
        context = self.get(address).context
        data = _values(context["adminform"].form)
        for wrapped in context["inline_admin_formsets"]:
            data |= _values(wrapped.formset.management_form)
            for form in wrapped.formset.forms:
                data |= _values(form)
        return data

    def save(self, address: str, /, **changes: Any) -> Any:
        """Open the form, change some fields, save, stay on the page."""
        return self.client.post(address, self.form(address) | changes | {"_continue": "1"})

    def statements(self, address: str) -> int:
        """How many statements a page takes when everything is warm."""
        self.get(address)
        with CaptureQueriesContext(connection) as seen:
            self.get(address)
        return len(seen)


def _values(form: Any) -> dict[str, Any]:
    found = {form.add_prefix(name): form[name].value() for name in form.fields}
    return {name: _sent(value) for name, value in found.items() if _is_sent(value)}


def _is_sent(value: Any) -> bool:
    """Browsers send no unchecked box and no empty choice, but a nought they do."""
    return value is not None and value is not False and value != []


def _sent(value: Any) -> Any:
    return "on" if value is True else value


def errors(response: Any) -> str:
    """All that a page complains about."""
    context = response.context
    forms = [context["adminform"].form if "adminform" in context else context["form"]]
    for wrapped in context.get("inline_admin_formsets") or []:
        forms += wrapped.formset.forms
    return " ".join(f"{name}: {text}" for form in forms for name, text in form.errors.items())


def clerk(*apps: str) -> Customer:
    """Staff who may view, add and change the rows of `apps`, and delete nothing."""
    person = Customer.objects.create_user("ole@kontor.example", "a password", is_staff=True)
    group = Group.objects.create(name="Staff")
    group.permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=apps, codename__regex="^(view|add|change)_"
        )
    )
    person.groups.add(group)
    return person


def photograph(width: int = 400, height: int = 300, kind: str = "JPEG") -> io.BytesIO:
    """A file as a camera would make it."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    file.seek(0)
    file.name = f"mug.{kind.lower()}"
    return file
