"""Whoever keeps something about a customer can hand it out and erase it (Art. 15, 17 GDPR)."""

import ast
import importlib

from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.models import Customer
from tests.house import code

# Rows that hang on a customer and say nothing about a person.
IMPERSONAL = {
    "Customer_groups": "the roles of staff",
    "Customer_user_permissions": "the rights of staff",
}


def _pointing_at_customers() -> set[str]:
    return {
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Customer
    }


def _names_in(holder: str) -> set[str]:
    path = f"{holder.replace('.', '/')}.py"
    return {node.id for node in ast.walk(code.tree(path)) if isinstance(node, ast.Name)}


def test_every_model_that_points_at_a_customer_has_a_holder_that_names_it():
    named = set().union(*(_names_in(holder) for holder in settings.PERSONAL_DATA_HOLDERS))

    forgotten = _pointing_at_customers() - named - set(IMPERSONAL)
    assert not forgotten, f"No personal_data.py exports and erases these: {forgotten}"
    assert set(IMPERSONAL) <= _pointing_at_customers()


def test_every_holder_exports_and_erases():
    for name in settings.PERSONAL_DATA_HOLDERS:
        holder = importlib.import_module(name)
        assert callable(holder.export), f"{name} has no export(customer)"
        assert callable(holder.erase), f"{name} has no erase(customer)"


def test_every_file_of_personal_data_is_listed():
    files = {name for name in code.python_files() if name.endswith("/personal_data.py")}
    listed = {f"{name.replace('.', '/')}.py" for name in settings.PERSONAL_DATA_HOLDERS}

    assert files == listed, "settings.PERSONAL_DATA_HOLDERS and the files differ"
