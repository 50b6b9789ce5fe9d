"""Rows of one table, read, added up and inserted by statements that are made once: Django's compiler makes them anew each
time, which costs more than what most of them do.

For what every write does: lock the record, read the roles, insert the new rows and the trail; and for the totals that
every statement reads. Only for tables of ours, whose every column is given by the record: no default of the database, no
parent table (a test looks).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, connections, models

M = TypeVar("M", bound=models.Model)

#: How many rows go into one statement: a database takes some ten thousand values at most.
AT_ONCE = 200


def rows(model: type[M], *, lock: bool = False, **of: int) -> list[M]:
    """The rows whose columns have these values, in no order; `lock`: nobody else may change them until we are done."""
    with connection.cursor() as cursor:
        cursor.execute(_select(model, tuple(of), lock), list(of.values()))
        found = [list(row) for row in cursor.fetchall()]
    for place, column in enumerate(_columns(model)):
        for made in _converters(column):  # a day is a day, and not the text that SQLite keeps
            for row in found:
                row[place] = made(row[place], column.cached_col, connection)
    names = [column.attname for column in _columns(model)]
    return [model.from_db(connection.alias, names, row) for row in found]


def insert(records: Sequence[models.Model]) -> None:
    """Insert new records of one table, and give them their ids; where the first has its id already, all have."""
    for start in range(0, len(records), AT_ONCE):
        some = records[start : start + AT_ONCE]
        model, keyed = type(some[0]), some[0].pk is not None
        columns, database = _given(model, keyed), connections[connection.alias]
        values = [
            column.get_db_prep_save(getattr(record, column.attname), database) for record in some for column in columns
        ]
        before, row = _insertion(model, keyed)
        with connection.cursor() as cursor:
            cursor.execute(f'{before} {", ".join([row] * len(some))} RETURNING "id"', values)
            for record, (key,) in zip(some, cursor.fetchall(), strict=True):
                record.pk, record._state.adding, record._state.db = key, False, connection.alias


#: What a column has to be: this, or one of these.
Wanted = int | Sequence[int]


def added_up(
    model: type[models.Model],
    columns: tuple[str, ...],
    by: tuple[str, ...],
    of: Mapping[str, Wanted],
    up_to: tuple[str, int] | None = None,
) -> list[tuple[Any, ...]]:
    """The sums of some columns of whole numbers, after what they are added up by; of the rows whose columns are as wanted.

    `up_to` is a column and the most that it may be.
    """
    several = {name: len(value) for name, value in of.items() if not isinstance(value, int)}
    if 0 in several.values():
        return []
    values: list[int] = []
    for value in of.values():
        values += [value] if isinstance(value, int) else value
    shape = tuple((name, several.get(name, 0)) for name in of)
    if up_to:
        values.append(up_to[1])
    with connection.cursor() as cursor:
        cursor.execute(_sums(model, columns, by, shape, up_to[0] if up_to else ""), values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _columns(model: type[models.Model]) -> Sequence[Any]:
    return model._meta.concrete_fields


@cache
def _given(model: type[models.Model], keyed: bool) -> list[Any]:
    return [column for column in _columns(model) if keyed or not column.primary_key]


def _converters(column: Any) -> list[Callable[..., Any]]:
    return [*connection.ops.get_db_converters(column.cached_col), *column.get_db_converters(connection)]


@cache
def _select(model: type[models.Model], of: tuple[str, ...], lock: bool) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.column) for column in _columns(model))
    where = " AND ".join(f"{quote(name)} = %s" for name in of)
    locks = lock and connection.features.has_select_for_update  # SQLite has one writer, who holds all
    held = f" {connection.ops.for_update_sql(no_key=True)}" if locks else ""
    return f"SELECT {columns} FROM {quote(model._meta.db_table)} WHERE {where}{held}"


@cache
def _sums(
    model: type[models.Model],
    columns: tuple[str, ...],
    by: tuple[str, ...],
    shape: tuple[tuple[str, int], ...],
    up_to: str,
) -> str:
    """`shape` names the columns that are asked for, and for each of how many values: 0 is one, and no list."""
    quote = connection.ops.quote_name
    where = [
        f"{quote(name)} IN ({', '.join(['%s'] * many)})" if many else f"{quote(name)} = %s" for name, many in shape
    ]
    if up_to:
        where.append(f"{quote(up_to)} <= %s")
    # PostgreSQL adds 64 bits up to a decimal, slow to read; no sum of money comes near to 64 bits.
    sums = [f"CAST(SUM({quote(name)}) AS bigint)" for name in columns]
    keys = [quote(name) for name in by]
    return (
        f"SELECT {', '.join(keys + sums)} FROM {quote(model._meta.db_table)} "
        f"WHERE {' AND '.join(where)} GROUP BY {', '.join(keys)}"
    )


@cache
def _insertion(model: type[models.Model], keyed: bool) -> tuple[str, str]:
    """A statement's beginning, and what stands in it for each row."""
    quote = connection.ops.quote_name
    columns = [quote(column.column) for column in _given(model, keyed)]
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES",
        f"({', '.join(['%s'] * len(columns))})",
    )
