"""Tables say what may be in them; migrations can be undone."""

import ast
import re

import pytest
from django.apps import apps
from django.core import checks
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tests.house import code


def _our_models():
    return [model for model in apps.get_models() if model._meta.app_label in code.APPS]


def _values_in(condition: models.Q, field: str) -> set:
    """The values that a condition allows for `field`, wherever it is mentioned."""
    found: set = set()
    for child in condition.children:
        if isinstance(child, models.Q):
            found |= _values_in(child, field)
        elif child[0] == f"{field}__in":
            found |= set(child[1])
        elif child[0] == field:
            found.add(child[1])
    return found


def _is_guarded(model: type[models.Model], field: models.Field) -> bool:
    checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    allowed = {value for value, _label in field.flatchoices}
    return any(_values_in(check.condition, field.name) == allowed for check in checks)


def test_the_database_knows_every_choice():
    open_fields = [
        f"{model.__name__}.{field.name}"
        for model in _our_models()
        for field in model._meta.local_fields
        if field.choices and not _is_guarded(model, field)
    ]

    assert not open_fields, f"Add CheckConstraint(condition=Q(<field>__in=…values)): {open_fields}"


def test_a_missing_choice_would_be_noticed():
    condition = models.Q(state__in=["a"]) & (models.Q(state="b") | models.Q(other="c"))

    assert _values_in(condition, "state") == {"a", "b"}


def test_no_order_is_implied():
    ordered = [model.__name__ for model in _our_models() if model._meta.ordering]

    assert not ordered, f"Say order_by where it matters: {ordered}"


def overrides_save(name, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name in ("save", "delete"):
                    yield f"{name}:{part.lineno}: {node.name}.{part.name} hides an act"


def test_saving_only_saves():
    assert code.findings(overrides_save) == []
    assert code.seeded(overrides_save, "class A(Model):\n    def save(self): ...")
    assert not code.seeded(overrides_save, "def save(category): ...")


def test_every_model_says_what_it_is():
    mute = [
        model.__name__
        for model in _our_models()
        if model.__str__ is models.Model.__str__ and not model._meta.auto_created
    ]

    assert not mute, f"Staff would read 'object (1)': {mute}"


def _migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        (app, name, migration)
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in code.APPS
    ]


@pytest.mark.parametrize(("app", "name", "migration"), _migrations())
def test_migrations_are_named_and_reversible(app, name, migration):
    stuck = [one.describe() for one in migration.operations if not one.reversible]

    assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", name), f"{app}.{name} has no name"
    assert "_auto_" not in name, f"{app}.{name}: say what it does"
    assert not stuck, f"{app}.{name} cannot be undone: {stuck}"


def imports_our_code(name, tree):
    """Code moves on, a migration must run for ever; settings are the exception Django makes."""
    for node in ast.walk(tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            if module.split(".")[0] in code.APPS:
                yield f"{name}:{node.lineno}: {module}"


def test_migrations_do_not_import_our_code():
    """But for functions that stand in a column's default, which Django itself writes there."""
    allowed = re.compile(r": shop\.kit\.ids$")
    found = [
        finding
        for name in code.python_files(migrations=True)
        for finding in imports_our_code(name, code.tree(name))
    ]

    assert [finding for finding in found if not allowed.search(finding)] == []
    assert code.seeded(imports_our_code, "from orders.models import Order")


@pytest.mark.django_db
def test_the_system_check_has_nothing_to_say():
    """Every command runs it first: with one error not even `migrate` would start."""
    found = [one for one in checks.run_checks() if one.level >= checks.ERROR]

    assert not found, found
