"""An id before its row (an entry is written after its postings, which name it), and the numbers of a series."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from laar.base.guard import open_door


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


def newest(model: type[models.Model], number: str, *also: str, **of: int) -> tuple[Any, ...] | None:
    """The highest number of some rows, and what else that row says; None where there is no row.

    Every posting asks this twice: written out it costs a tenth of what the query compiler takes for it.
    """
    quote = connection.ops.quote_name
    where = " AND ".join(f"{quote(name)} = %s" for name in of)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(quote(name) for name in (number, *also))} FROM {quote(model._meta.db_table)} "
            f"{where and f'WHERE {where} '}ORDER BY {quote(number)} DESC LIMIT 1",
            list(of.values()),
        )
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def next_number(series: type[models.Model], **key: int | str) -> int:
    """Take the next number of a series: a table of counters with a column `last`, unique by `key`. Ask inside `act()`.

    One statement adds and returns, and holds the row until the transaction ends: a second writer waits, and what is
    undone gives its number back. So there is no gap and no twin, which a sequence of the database does not promise.
    """
    quote = connection.ops.quote_name
    table, columns = quote(series._meta.db_table), ", ".join(quote(name) for name in key)
    with open_door(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}, last) VALUES ({', '.join(['%s'] * len(key))}, 1) "
            f"ON CONFLICT ({columns}) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            list(key.values()),
        )
        return int(cursor.fetchone()[0])
