"""An id before its row: an entry is written after its postings, which name it."""

from __future__ import annotations

from typing import Any

from django.db import connection, models


def next_id(model: type[models.Model]) -> int:
    """The id that the next row of a table will have. Ask inside `act()`: the parent's lock keeps others out."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        else:
            cursor.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM " + connection.ops.quote_name(table))
        row: tuple[Any, ...] = cursor.fetchone()
    return int(row[0])
