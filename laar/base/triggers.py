"""Triggers: what no code, not even ours, may do to the trail and to the books.

A floor lists its triggers in `triggers.py`; its migration installs them with `Triggers(...)`. SQLite drops a table's
triggers when a migration rebuilds the table, so a later migration ends with the same operation, and a test looks for
every trigger of this list in a migrated database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.migrations.operations.base import Operation


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger, for both databases: before `event` on `table`, refuse when the condition holds.

    `when` is SQL on NEW and OLD that is true where it is refused; `refusal` is a code of the catalogue. Where the two
    databases differ, `when_postgresql` is used there.
    """

    name: str
    table: str
    event: str
    when: str
    refusal: str
    when_postgresql: str = ""

    def sqlite(self) -> list[str]:
        """The statements that put it there, again where it is there already."""
        return [
            f"DROP TRIGGER IF EXISTS {self.name}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN {self.when} "
            f"BEGIN SELECT RAISE(ABORT, 'refusal:{self.refusal}'); END",
        ]

    def postgresql(self) -> list[str]:
        """The same for PostgreSQL, whose trigger needs a function."""
        result = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self.when_postgresql or self.when} THEN RAISE EXCEPTION 'refusal:{self.refusal}'; END IF; "
            f"RETURN {result}; END $$",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


class Triggers(Operation):
    """A migration's step that installs a floor's triggers."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        self.triggers = triggers

    def state_forwards(self, _app_label: str, _state: Any) -> None:
        """Triggers are no part of Django's state."""

    def database_forwards(self, _app_label: str, schema_editor: Any, _from: Any, _to: Any) -> None:
        for trigger in self.triggers:
            for statement in getattr(trigger, schema_editor.connection.vendor)():
                schema_editor.execute(statement, params=None)

    def database_backwards(self, _app_label: str, _schema_editor: Any, _from: Any, _to: Any) -> None:
        """They go with their tables."""

    def describe(self) -> str:
        return f"Install {len(self.triggers)} triggers"


class NoTriggers(Operation):
    """A migration's step that takes triggers away while tables that they look at are built anew (SQLite).

    The migration ends with `Triggers(...)`, which puts them back.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, names: Mapping[str, str]) -> None:
        #: Which trigger on which table.
        self.names = names

    def state_forwards(self, _app_label: str, _state: Any) -> None:
        """Triggers are no part of Django's state."""

    def database_forwards(self, _app_label: str, schema_editor: Any, _from: Any, _to: Any) -> None:
        for name, table in self.names.items():
            where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{where}", params=None)

    def database_backwards(self, _app_label: str, _schema_editor: Any, _from: Any, _to: Any) -> None:
        """They go with their tables."""

    def describe(self) -> str:
        return f"Take {len(self.names)} triggers away"


def insert_only(table: str, refusal: str) -> list[Trigger]:
    """A table whose rows are never changed and never taken away."""
    return [
        Trigger(f"{table}_no_update", table, "UPDATE", "1 = 1", refusal),
        Trigger(f"{table}_no_delete", table, "DELETE", "1 = 1", refusal),
    ]
