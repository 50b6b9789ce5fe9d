"""Inserting the rows of the trail by a statement that is made once: Django's compiler makes it anew for every row.

Only for tables whose every column is given by the record: no default of the database, no parent table.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

#: How many rows go into one statement: a database takes some ten thousand values at most.
AT_ONCE = 200


def insert(records: Sequence[models.Model]) -> None:
    """Insert new records of one table, and give them their ids."""
    for start in range(0, len(records), AT_ONCE):
        some = records[start : start + AT_ONCE]
        columns = _columns(type(some[0]))
        values = [
            column.get_db_prep_save(getattr(record, column.attname), connection)
            for record in some
            for column in columns
        ]
        with connection.cursor() as cursor:
            cursor.execute(_statement(type(some[0]), len(some)), values)
            for record, (key,) in zip(some, cursor.fetchall(), strict=True):
                record.pk, record._state.adding, record._state.db = key, False, connection.alias


@cache
def _columns(model: type[models.Model]) -> list[Any]:
    return [column for column in model._meta.concrete_fields if not column.primary_key]


@cache
def _statement(model: type[models.Model], rows: int) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.column) for column in _columns(model))
    row = f"({', '.join(['%s'] * len(_columns(model)))})"
    table, key = quote(model._meta.db_table), quote("id")
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * rows)} RETURNING {key}"
