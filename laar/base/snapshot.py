"""One view of the database over several queries, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[str]:
    """Read everything as it is now. On PostgreSQL yields the name under which `pg_dump` can share the view.

    Inside a transaction that is open already, that transaction is the view. Nothing may be written in it, and on SQLite
    it is a plain deferred one, so that writers do not wait.
    """
    if connection.in_atomic_block:
        yield ""
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield str(cursor.fetchone()[0])
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield ""
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
