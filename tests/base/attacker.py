"""Somebody with the database's own tools: no guard, no trigger, no foreign key stands in the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from django.db import connection


class Attacker:
    """Statements on a connection that LAAR knows nothing of."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.mark = "?" if connection.vendor == "sqlite" else "%s"

    def do(self, sql: str, *values: object) -> None:
        """Run a statement; `?` stands for a value on both databases."""
        self.raw.execute(sql.replace("?", self.mark), values)

    def ask(self, sql: str, *values: object) -> Any:
        """The first column of the first row."""
        row = self.raw.execute(sql.replace("?", self.mark), values).fetchone()
        return row[0] if row else None


@contextmanager
def attacker() -> Iterator[Attacker]:
    """Take the defences of the database away, as whoever owns its file or server can."""
    settings = connection.settings_dict
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(settings["NAME"], isolation_level=None)) as raw:
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f'DROP TRIGGER "{name}"')
            yield Attacker(raw)
        return
    where = {key.lower(): settings[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
    with psycopg.connect(dbname=settings["NAME"], autocommit=True, **where) as raw:
        raw.execute("SET session_replication_role = replica")
        yield Attacker(raw)
