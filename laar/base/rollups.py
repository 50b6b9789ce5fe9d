"""Roll-ups: totals that pages show often, kept exact in the transaction that changes what they count.

A floor declares one per question with `@rollup`. The deltas of a transaction are merged and applied last, in the order
of their keys: eight writers that applied them in random order got deadlocks at once, in key order none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from django.db import connection, models

from laar.base.images import Image, column_of

Key = tuple[Any, ...]
#: How many totals go into one statement: a database takes some ten thousand values at most.
AT_ONCE = 200
#: What one row adds: the key of the total, and one integer for each of the total's columns.
Share = tuple[Key, tuple[int, ...]]


@dataclass(frozen=True)
class Rollup:
    """A table of totals: which rows it counts, its key and its sums. Keys are columns of the counted row itself."""

    source: type[models.Model]
    table: type[models.Model]
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    share: Callable[[Image], Iterable[Share]]
    #: Where several roll-ups keep their totals in one table: which of them are this one's, as columns and values.
    within: Mapping[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[str, str]:
        """Its place in the order in which the roll-ups of a transaction are applied, the same for every writer."""
        return self.table._meta.db_table, self.source._meta.db_table

    def add(self, deltas: dict[Key, list[int]], row: Image, sign: int) -> None:
        """Put what this row adds (or, with sign -1, took away) to the deltas."""
        for key, amounts in self.share(row):
            total = deltas.setdefault(key, [0] * len(self.sums))
            for place, amount in enumerate(amounts):
                total[place] += sign * amount

    def statements(self, deltas: dict[Key, list[int]]) -> Iterator[tuple[str, list[Any]]]:
        """What adds the deltas to the table, in key order, many in a statement; the same on both databases."""
        before, row, after = self._parts
        changed = iter([*key, *deltas[key]] for key in sorted(deltas) if any(deltas[key]))
        while some := list(islice(changed, AT_ONCE)):
            yield f"{before} {', '.join([row] * len(some))} {after}", [value for one in some for value in one]

    @cached_property
    def _parts(self) -> tuple[str, str, str]:
        """A statement's beginning, what stands in it for each total, and its end."""
        columns = [column_of(self.table, name) for name in (*self.keys, *self.sums)]
        quoted = [f'"{column}"' for column in columns]
        table = f'"{self.table._meta.db_table}"'
        sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in quoted[len(self.keys) :])
        return (
            f"INSERT INTO {table} ({', '.join(quoted)}) VALUES",
            f"({', '.join(['%s'] * len(columns))})",
            f"ON CONFLICT ({', '.join(quoted[: len(self.keys)])}) DO UPDATE SET {sums}",
        )

    def recount(self) -> dict[Key, list[int]]:
        """The totals from the rows themselves, for `verify`."""
        fields = [field.attname for field in self.source._meta.concrete_fields]
        deltas: dict[Key, list[int]] = {}
        for values in self.source._default_manager.values_list(*fields).iterator(chunk_size=5000):
            self.add(deltas, dict(zip(fields, values, strict=True)), 1)
        return {key: total for key, total in deltas.items() if any(total)}

    def kept(self) -> dict[Key, list[int]]:
        """The totals as the table has them."""
        names = (*self.keys, *self.sums)
        return {
            row[: len(self.keys)]: list(row[len(self.keys) :])
            for row in self.table._default_manager.filter(**self.within).values_list(*names)
            if any(row[len(self.keys) :])
        }


def apply(deltas: Iterable[tuple[Rollup, dict[Key, list[int]]]]) -> None:
    """Add the deltas of a transaction to their tables, in this order.

    PostgreSQL takes several statements at once and carries them out one after the other: the way there and back is
    what costs. SQLite takes one at a time, and has no way to go.
    """
    together = 8 if connection.vendor == "postgresql" else 1
    statements = iter(one for rollup, totals in deltas for one in rollup.statements(totals))
    with connection.cursor() as cursor:
        while some := list(islice(statements, together)):
            cursor.execute("; ".join(sql for sql, _ in some), [value for _, values in some for value in values])


_ROLLUPS: dict[type[models.Model], list[Rollup]] = defaultdict(list)


def rollup(rollup: Rollup) -> Rollup:
    """Keep these totals from now on."""
    _ROLLUPS[rollup.source].append(rollup)
    return rollup


def rollups_of(model: type[models.Model]) -> list[Rollup]:
    """The totals that count rows of this table."""
    return _ROLLUPS[model]


def rollups() -> Iterator[Rollup]:
    """All totals."""
    for kept in _ROLLUPS.values():
        yield from kept
