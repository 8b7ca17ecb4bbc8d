"""Writes rows of a model with COPY, in chunks; what is not given has the model's own default."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

Row = Mapping[str, Any]


class Table:
    """One table. Its numbers are taken from its sequence, so that nothing else gets them."""

    def __init__(self, model: type[models.Model], *, given: Iterable[str]) -> None:
        fields = [field for field in model._meta.concrete_fields if _is_written(field, set(given))]
        self.name = model._meta.db_table
        self.given = [field.attname in given for field in fields]
        self.attnames = [field.attname for field in fields]
        self.defaults = [
            None if is_given else _prepared(field, field.get_default())
            for field, is_given in zip(fields, self.given, strict=True)
        ]
        self.is_json = [isinstance(field, models.JSONField) for field in fields]
        columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        self.statement = f"COPY {self.name} ({columns}) FROM STDIN"

    def write(self, rows: Iterable[Row]) -> int:
        """Returns how many there were."""
        columns = list(zip(self.attnames, self.given, self.defaults, self.is_json, strict=True))
        count = 0
        with connection.cursor() as cursor, cursor.copy(self.statement) as copy:
            for row in rows:
                copy.write_row(
                    [
                        (Jsonb(row[name]) if is_json else row[name]) if is_given else default
                        for name, is_given, default, is_json in columns
                    ]
                )
                count += 1
        return count


def _is_written(field: "models.Field[Any, Any]", given: set[str]) -> bool:
    """The database numbers rows and fills its own defaults in where nothing is given."""
    if field.attname in given:
        return True
    has_own = field.db_default is not models.NOT_PROVIDED or getattr(field, "generated", False)
    return not (field.primary_key or has_own)


def _prepared(field: "models.Field[Any, Any]", value: Any) -> Any:
    assert not isinstance(value, DatabaseDefault)  # noqa: S101 - those are left out
    if isinstance(field, models.JSONField):
        return None if value is None else Jsonb(value)
    if value is None and getattr(field, "auto_now_add", False):
        raise ValueError(f"{field}: give it, COPY knows no clock")
    return value


def first_number(model: type[models.Model], count: int) -> int:
    """Take `count` numbers of a table for rows to come; returns the first of them."""
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        first = int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count - 1]
        )
    return first
