"""What a list shows of a record: where a cell comes from, what kind of thing it is, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import Model

from laar.base.models import marked
from laar.kit.money import Money
from laar.kit.names import Name, lazily
from laar.results.queries import Word

Kind = Literal["text", "code", "name", "party", "place", "day", "number", "money", "choice", "state", "word"]
#: What stands in a cell; None where nothing does. Of a choice its code; the column knows what it is called.
Cell = str | Name | date | int | Money | Word | None


@dataclass(frozen=True)
class Column:
    """One column: the query paths that make a cell, and how it is asked for and shown."""

    label: str
    kind: Kind
    paths: tuple[str, ...]
    #: The path by which the list is put in order; empty where it is not. Never one that may be empty.
    sort: str = ""
    on_phone: bool = True
    #: Tells of a person: only for who may know persons by name.
    of_persons: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    #: Where the cells do not stand in a column but are found out for many records at once, by their keys.
    find: Callable[[Collection[int]], Mapping[int, Any]] | None = None

    @property
    def name(self) -> str:
        """What an address calls it."""
        return self.paths[0] if self.paths else self.kind

    def cell(self, values: Sequence[Any]) -> Cell:
        """The cell that the values of its paths make."""
        if self.kind in ("name", "place", "party"):
            en, km = values[0] or "", values[1] or ""
            if not en and not km:
                return None
            if self.kind == "party" and values[2]:
                return marked(Name(en=en or km, km=km or en), fictional=True)
            return Name(en=en, km=km)
        if self.kind == "money":
            return None if values[0] is None else Money(values[0], values[1])
        cell: Cell = values[0]
        return None if cell == "" else cell


@dataclass(frozen=True)
class Of:
    """Makes the columns of a table: what a column is called is what the table calls it, unless it is said otherwise."""

    model: type[Model]

    def _made(self, kind: Kind, paths: tuple[str, ...], label: Name | None, more: dict[str, Any]) -> Column:
        said = lazily(label) if label else self.label(paths[0].partition("__")[0])
        return Column(said, kind, paths, **more)

    def label(self, name: str) -> str:
        """What the table calls a column of its own."""
        called: Any = self.model._meta.get_field(name)
        said: str = called.verbose_name
        return said

    def text(self, path: str, label: Name | None = None, **more: Any) -> Column:
        """A code, a number on paper, a text as it is."""
        return self._made("text", (path,), label, more)

    def code(self, path: str, label: Name | None = None, **more: Any) -> Column:
        """What stands for something on paper and in speech: never broken into two lines."""
        return self._made("code", (path,), label, more)

    def name(self, path: str, label: Name | None = None, **more: Any) -> Column:
        """What is called in two languages: `title`, `text`, `plan__title`."""
        return self._made("name", (f"{path}_en", f"{path}_km"), label, more)

    def party(self, path: str, label: Name | None = None, **more: Any) -> Column:
        """Somebody, or a body; whoever is invented is marked."""
        step = f"{path}__" if path else ""
        return self._made("party", (f"{step}name_en", f"{step}name_km", f"{step}is_fictional"), label, more)

    def place(self, path: str = "place", label: Name | None = None, **more: Any) -> Column:
        """A place, in the order of the official codes."""
        return self._made("place", (f"{path}__name_en", f"{path}__name_km"), label, {"sort": f"{path}__code", **more})

    def day(self, path: str, label: Name | None = None, **more: Any) -> Column:
        """A day."""
        return self._made("day", (path,), label, more)

    def number(self, path: str, label: Name | None = None, **more: Any) -> Column:
        """A number."""
        return self._made("number", (path,), label, more)

    def money(self, path: str = "units", currency: str = "currency", label: Name | None = None, **more: Any) -> Column:
        """An amount with its currency."""
        return self._made("money", (path, currency), label or AMOUNT, more)

    def choice(self, path: str, label: Name | None = None, kind: Kind = "choice", **more: Any) -> Column:
        """One of a few words that the table knows."""
        known = dict(field_of(self.model, path).flatchoices)
        return self._made(kind, (path,), label, {"choices": known, **more})

    def state(self, path: str = "state", **more: Any) -> Column:
        """How far it has come."""
        return self.choice(path, kind="state", **more)


def field_of(model: type[Model], path: str) -> Any:
    """The column at the end of a query path."""
    *steps, last = path.split("__")
    table: Any = model
    for step in steps:
        table = table._meta.get_field(step).related_model
    return table._meta.get_field(last)


AMOUNT = Name(en="Amount", km="ចំនួនទឹកប្រាក់")
TITLE = Name(en="Title", km="ចំណងជើង")
NAME = Name(en="Name", km="ឈ្មោះ")
DAY = Name(en="Date", km="កាលបរិច្ឆេទ")
PLACE = Name(en="Place", km="ទីកន្លែង")
PROJECT = Name(en="Project", km="គម្រោង")
